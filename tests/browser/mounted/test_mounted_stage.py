"""What stands in the picture of the network, late in training too: seen whole, in its own place."""
import pytest

from nnlib.gates import TWO_EXAMPLES
from nnlib.widgets import StepExplorer

# how far tags stick out of their neuron, and which run into another one's frame
TAGS = """() => {
  const boxes = (selector) => [...root.querySelectorAll(selector)].map((node) => [node, node.getBoundingClientRect()]);
  const neurons = boxes(".fs-stage g[data-symbol] rect, .fs-stage rect"), tags = boxes(".fs-chip").filter(([node]) => node.checkVisibility());
  const wrong = [];
  for (const [node, tag] of tags) {
    const middle = [(tag.left + tag.right) / 2, (tag.top + tag.bottom) / 2];
    for (const [, box] of neurons) {
      const within = box.left < middle[0] && middle[0] < box.right && box.top < middle[1] && middle[1] < box.bottom;
      if (within && (tag.left < box.left + 1 || tag.right > box.right - 1)) wrong.push(["wider than its neuron", node.textContent, tag.right - box.right]);
    }
    for (const [other, its] of tags) {
      const [wide, high] = [Math.min(tag.right, its.right) - Math.max(tag.left, its.left), Math.min(tag.bottom, its.bottom) - Math.max(tag.top, its.top)];
      if (other !== node && wide > 1 && high > 1.5) wrong.push(["runs into", node.textContent, other.textContent, wide, high]);
    }
  }
  return wrong;
}"""


@pytest.mark.parametrize("width", [360, 700])
@pytest.mark.parametrize(("examples", "epoch"), [(TWO_EXAMPLES, 0), ("AND", 5000), ("XOR", 5000)])
def test_every_tag_stands_in_its_place(mount, examples, epoch, width):
    """A slope late in training was wider than its neuron."""
    page = mount(StepExplorer(step="14", examples=examples, epoch=epoch))
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_function("(epoch) => root.dataset.epoch === `${epoch}`", arg=epoch)
    page.wait_for_timeout(300)
    for step in ("12", "14", "5"):
        page.evaluate("(step) => root.querySelector(`[data-stop='${step}']`).click()", step)
        assert page.evaluate(TAGS) == [], step


def test_a_small_scale_stands_on_a_ground_of_its_own(mount):
    """On a phone an edge of the same colour ran through it, and its end looked like one more dot."""
    page = mount(StepExplorer(step="14"))
    assert page.evaluate("""() => [...root.querySelectorAll(".fs-moves g:has(.fs-now)")].map((group) => {
      const [ground, ...drawn] = [...group.children].map((node) => node.getBoundingClientRect());
      return getComputedStyle(group.firstChild).fill !== "none" && drawn.every((box) => ground.left < box.left && box.right < ground.right && ground.top < box.top && box.bottom < ground.bottom);
    })""") == [True] * 4
