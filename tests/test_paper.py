"""Drawing on paper: numbers as a pupil writes them."""
from nnlib.classroom.paper import number


def test_numbers_on_paper():
    assert [number(v) for v in (0.0, 1.0, -0.25, 0.0123456, 0.00001234, -3e-9)] == ["0", "1", "−0.25", "0.01235", "1.234·10⁻⁵", "−3·10⁻⁹"]
    assert number(0.3 - 0.2 - 0.1) == "0", "what is left of rounding is 0 to a pupil"
