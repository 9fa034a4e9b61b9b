"""The figures on a page in fewer letters: each point from the one before, so that equal shapes are equal texts, and no turn by nothing."""
import re
from decimal import Decimal

FIGURE = re.compile(r"<svg\b.*?</svg>", re.S)
DATA = re.compile(r'(?<=\sd=")[^"]*(?=")')
PART = re.compile(r"[A-Za-z]|-?\d*\.?\d+")
POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}  # of each command; others are left as they are
NO_TURN = re.compile(r' transform="rotate\(-?0(?:\.0*)?(?: [\d.-]+ [\d.-]+)?\)"')


def in_short(page):
    """The page with its figures in fewer letters; to the last digit they are the same."""
    return FIGURE.sub(lambda figure: DATA.sub(lambda data: relative(data[0]), NO_TURN.sub("", figure[0])), page)


def relative(data):
    """The data of a path with each point as its distance from where the command begins."""
    parts = PART.findall(data)
    if re.search(r"[^\sMLQCZz\d.,-]", data) or not parts:
        return data
    told, at, begin, i = [], (Decimal(0), Decimal(0)), None, 0
    while i < len(parts):
        command = parts[i].upper()
        i += 1
        if command == "Z":
            told.append("z")
            at = begin
            continue
        count = 2 * POINTS.get(command, 0)
        numbers = [Decimal(one) for one in parts[i:i + count] if one[-1].isdigit()]
        if not count or len(numbers) < count:
            return data  # a command without its letter: read by nobody here
        i += count
        if begin is None or command == "M":
            told.append(command + written(numbers))
            begin = tuple(numbers)
        else:
            told.append(command.lower() + written([one - at[k % 2] for k, one in enumerate(numbers)]))
        at = tuple(numbers[-2:])
    return "".join(told)


def written(numbers):
    """Numbers as short as SVG reads them: a minus sign parts two of them as well as a blank."""
    texts = [f"{one.normalize():f}" for one in numbers]
    texts = [re.sub(r"^(-?)0\.", r"\1.", "0" if text == "-0" else text) for text in texts]
    return texts[0] + "".join(text if text.startswith("-") else f" {text}" for text in texts[1:])
