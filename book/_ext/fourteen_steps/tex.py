"""What TeX calls each formula: out of the pages, where nobody meets it, and kept beside the site for a book that is read aloud."""
import json
import re

from fourteen_steps.named import digest

MATHML = re.compile(r"<math\b.*?</math>", re.S)
TEX = re.compile(r"<semantics>(.*?)(<annotation\b.*?</annotation>)</semantics>", re.S)
KEPT = "formulas.json"  # beside the site's folder


def without_tex(page, kept):
    """A page whose formulas do not say their TeX once more, which no reader meets; into kept goes what was left out, by each formula."""
    def short(found):
        formula = TEX.sub(r"\1", found[0])
        if formula != found[0]:
            kept[digest(formula.encode())] = TEX.search(found[0])[2]
        return formula

    return MATHML.sub(short, page)


def with_tex(page, kept):
    """The page with the TeX that was left out: a book in one file is read aloud by it."""
    def whole(found):
        head, end, rest = found[0].partition(">")
        body = rest.removesuffix("</math>")
        annotation = kept.get(digest(found[0].encode()))
        return f"{head}{end}<semantics>{body}{annotation}</semantics></math>" if annotation else found[0]

    return MATHML.sub(whole, page)


def kept_beside(site):
    """What was left out of the pages of a built site, and the file that holds it."""
    file = site.parent / KEPT
    return (json.loads(file.read_text("utf8")) if file.is_file() else {}), file
