"""play.js: a step at every tick or frame while it plays; who takes over ends it, and the Play button decides for itself."""
import pytest

SETUP = """async () => {
  Object.assign(window, await import("/ui/play.js"));
  window.state = { playing: false };
  window.model = { get: (name) => state[name] };
  window.button = document.createElement("button");
  document.body.append(button);
  window.log = [];
  // clocks that go when they are told to
  window.ticking = new Map(); window.frames = new Map(); let number = 0;
  window.setInterval = (action, pause) => { ticking.set(++number, [action, pause]); return number; };
  window.clearInterval = (one) => ticking.delete(one);
  window.requestAnimationFrame = (action) => { frames.set(++number, action); return number; };
  window.cancelAnimationFrame = (one) => frames.delete(one);
  window.tick = () => ticking.forEach(([action]) => action());
  window.frame = (now) => { const due = [...frames.values()]; frames.clear(); due.forEach((action) => action(now)); };
}"""


@pytest.fixture
def play(tab):
    """The page with play.js and clocks that stand still."""
    tab.emulate_media(reduced_motion="no-preference")
    tab.evaluate(SETUP)
    yield tab
    tab.emulate_media(reduced_motion="null")


def test_steps_at_every_tick_while_it_plays(play):
    play.evaluate("window.pace = 700; window.steps = new Steps(model, button, () => log.push('step'), () => pace)")
    assert play.evaluate("steps.follow(); [button.textContent, ticking.size]") == ["Play", 0]
    assert play.evaluate("state.playing = true; steps.follow(); tick(); tick(); [button.textContent, log.length, [...ticking.values()][0][1]]") == [
        "Pause", 2, 700]
    assert play.evaluate("pace = 200; steps.follow(); tick(); [ticking.size, log.length, [...ticking.values()][0][1]]") == [1, 3, 200], "the old pace ends"
    assert play.evaluate("state.playing = false; steps.follow(); [button.textContent, ticking.size]") == ["Play", 0]
    assert play.evaluate("state.playing = true; steps.follow(); steps.end(); ticking.size") == 0


def test_frames_while_it_plays(play):
    play.evaluate("window.player = new Frames(model, button, (now) => log.push(now))")
    assert play.evaluate("player.follow(); [button.textContent, frames.size]") == ["Play", 0]
    assert play.evaluate("state.playing = true; player.follow(); frame(0); frame(16); frame(32); [button.textContent, log]") == ["Pause", [0, 16, 32]]
    assert play.evaluate("player.follow(); frames.size") == 1, "never two at a time"
    assert play.evaluate("state.playing = false; frame(48); [log.length, frames.size]") == [3, 0], "it ends with the trait"
    assert play.evaluate("state.playing = true; player.follow(); state.playing = false; player.follow(); [button.textContent, frames.size]") == ["Play", 0]
    assert play.evaluate("state.playing = true; player.follow(); player.end(); frames.size") == 0


def test_two_steps_a_second_where_calm_is_wished_for(play):
    play.emulate_media(reduced_motion="reduce")
    play.evaluate("window.player = new Frames(model, button, (now) => log.push(now)); state.playing = true; player.follow()")
    assert play.evaluate("[0, 16, 499, 500, 516, 1000, 1400].forEach(frame); log") == [0, 500, 1000]
    assert play.evaluate("wantsCalm()") is True
    play.emulate_media(reduced_motion="no-preference")
    assert play.evaluate("wantsCalm()") is False


@pytest.mark.parametrize(("what", "ends"), [
    ("key ArrowRight on other", True), ("key x on other", True), ("key Tab on other", False), ("key Shift on other", False),
    ("key Control on other", False), ("key Alt on other", False), ("key Meta on other", False),
    ("key Enter on button", False), ("key Enter on inner", False), ("focus on field", True), ("focus on other", False), ("focus on button", False),
    ("focus on slider", False), ("click on other", False),
])
def test_who_takes_over(play, what, ends):
    paused = play.evaluate("""(what) => {
      document.body.innerHTML = "<div id=root><button id=button><b id=inner></b></button><button id=other></button><input type=text id=field><input type=range id=slider></div>";
      const at = (id) => document.getElementById(id);
      pauseForPeople(at("root"), at("button"), () => log.push("pause"));
      const [kind, ...words] = what.split(" "), node = at(words.at(-1));
      if (kind === "key") node.dispatchEvent(new KeyboardEvent("keydown", {key: words[0], bubbles: true}));
      if (kind === "focus") node.focus();
      if (kind === "click") node.click();
      return log.length; }""", what)
    assert paused == int(ends)
