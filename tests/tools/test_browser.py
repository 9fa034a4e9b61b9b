"""tools/browser.py: the installed browser, else Playwright's own, else Debian's, else one line that says what to install."""
import subprocess

import browser
import pytest


class Machine:
    """A machine with these programs, on which these commands succeed; a browser appears once one that brings it has run."""

    def __init__(self, monkeypatch, programs, succeeds=(), brings=None, root=False):
        self.programs, self.succeeds, self.brings = set(programs), succeeds, brings
        self.ran = []
        monkeypatch.setattr(browser.shutil, "which", lambda name: f"/bin/{name}" if name in self.programs else None)
        monkeypatch.setattr(browser, "PLACES", ())
        monkeypatch.setattr(browser, "_own", lambda: None)
        monkeypatch.setattr(browser.os, "geteuid", lambda: 0 if root else 1000, raising=False)

    def run(self, command, **given):
        """Note the command; it must neither wait for an answer nor go on for ever."""
        assert given["stdin"] == subprocess.DEVNULL and given["timeout"] == browser.PATIENCE
        words = " ".join(map(str, command))
        self.ran.append(words)
        good = any(part in words for part in self.succeeds)
        if good and self.brings and self.brings in words:
            self.programs.add("chromium")
        return subprocess.CompletedProcess(command, 0 if good else 1)


def test_an_installed_browser_is_taken_and_nothing_is_run(monkeypatch):
    machine = Machine(monkeypatch, ["google-chrome"])
    assert browser.ensure(machine.run) == "/bin/google-chrome" and machine.ran == []


def test_playwrights_own_comes_before_debians(monkeypatch):
    machine = Machine(monkeypatch, ["apt-get"], ["playwright install"], "playwright install", root=True)
    assert browser.ensure(machine.run) == "/bin/chromium" and len(machine.ran) == 1


def test_root_installs_debians_where_no_download_works(monkeypatch):
    machine = Machine(monkeypatch, ["apt-get"], ["apt-get"], "install -y", root=True)
    assert browser.ensure(machine.run) == "/bin/chromium"
    assert [command.split()[0] for command in machine.ran[1:]] == ["apt-get", "env"] and "chromium" in machine.ran[-1]


def test_who_may_use_sudo_without_a_question_does(monkeypatch):
    machine = Machine(monkeypatch, ["apt-get", "sudo"], ["sudo -n"], "install -y")
    assert browser.ensure(machine.run) == "/bin/chromium"
    assert all(command.startswith("sudo -n ") for command in machine.ran[1:])


@pytest.mark.parametrize(("programs", "succeeds"), [([], []), (["apt-get"], ["apt-get"]), (["apt-get", "sudo"], []), (["sudo"], ["sudo"])],
                         ids=["nothing there", "no right to", "sudo asks", "no apt-get"])
def test_where_all_fails_one_line_says_what_to_install(monkeypatch, programs, succeeds):
    machine = Machine(monkeypatch, programs, succeeds)
    with pytest.raises(SystemExit, match=r"No browser for the tests was found.*sudo apt-get install chromium") as stopped:
        browser.ensure(machine.run)
    assert "\n" not in str(stopped.value) and not any("install -y" in command for command in machine.ran)


def test_a_command_that_hangs_or_is_not_there_is_a_failure(monkeypatch):
    Machine(monkeypatch, [])

    def hangs(command, **given):
        raise subprocess.TimeoutExpired(command, given["timeout"])

    with pytest.raises(SystemExit, match="No browser"):
        browser.ensure(hangs)
