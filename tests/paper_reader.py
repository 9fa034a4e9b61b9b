"""What stands on a printed page, read back from the PDF."""
import re

from pypdf import PdfReader


def texts(path):
    return [page.extract_text() for page in PdfReader(path).pages]


def numbers_in(text):
    plain = text.replace("−", "-")
    for raised, digit in zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True):
        plain = plain.replace(raised, digit)
    return [float(n) for n in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", re.sub(r"·10(-?\d+)", r"e\1", plain))]
