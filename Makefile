PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: lab book pdf epub zip slides serve check test test-live test-numerics lint notebooks names lock mutants benchmark clean

book: $(READY)  ## build the site into _build/html
	@mkdir -p book/_generated
	@for paper in a4 letter; do $(BIN)/python -m nnlib.classroom.cheatsheet book/_generated/fourteen-steps-$$paper.pdf $$paper; done
	@$(BIN)/python tools/pyodide.py
	$(BIN)/jupyter-book build -W --keep-going --all .
	@echo
	@echo "The book is ready. Open $(CURDIR)/_build/html/index.html in a browser, or type: make serve"

slides: book  ## the site with every page as slides, as a folder and as a zip to carry
	$(BIN)/python tools/slides.py

pdf: book  ## the whole book as one PDF, linked on the site; ARGUMENTS="--answers none" leaves the answers out
	$(BIN)/python tools/pdf.py $(ARGUMENTS)

epub: book  ## the whole book as one EPUB, linked on the site
	$(BIN)/python tools/epub.py

zip: book  ## the whole site as one file to unpack and open without a network, linked on the site
	$(BIN)/python tools/site_zip.py

serve: book  ## serve the site on this machine only; a page that is saved is built and shown anew. ARGUMENTS="--as-it-is" only serves
	@$(BIN)/python tools/serve.py $(ARGUMENTS)

test: lint book  ## everything: the module, the notebooks, the built site in a real browser
	$(BIN)/python tools/browser.py
	$(BIN)/python -m pytest

check: lint  ## while you work: lint, the unit tests, the notebooks that have changed; no build, less than half a minute
	$(BIN)/python tools/check.py

test-live: book  ## every cell of every notebook once more, in the Python of the page, in a real browser
	$(BIN)/python tools/live.py

# What has no floating-point number in it that could differ: pages, files, packages, links.
NOT_NUMERICAL := browser extension live tools notebooks $(patsubst %,widgets/test_%.py,base fragments modules review traits) \
	$(patsubst %,test_%.py,anki cheatsheet dependencies diagrams extras figures handouts links mutants package palette plans prompts tickets vendored)

test-numerics: $(READY)  ## notebooks and numerical tests once more, under another processor's numerics
	HYPOTHESIS_PROFILE=quick $(BIN)/python tools/numerics.py $(BIN)/python -m pytest $(addprefix --ignore=tests/,$(NOT_NUMERICAL))

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tools/lint_javascript.py

notebooks: $(READY)  ## execute every notebook in place
	$(BIN)/python tools/notebooks.py

names: $(READY)  ## write what the widgets take from Python, nnlib/widgets/generated
	$(BIN)/python tools/names.py
	$(BIN)/python tools/expressions.py
	$(BIN)/python tools/conventions.py
	$(BIN)/python tools/quizzes.py
	$(BIN)/python tools/teaching.py
	$(BIN)/python tools/floors.py

lock: $(READY)  ## write requirements.lock anew from requirements.txt
	grep -v '^-e' requirements.txt | uv pip compile -q - --universal --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-annotate --no-header -o requirements.lock

mutants: $(READY)  ## change one small thing at a time, and see whether a test notices; ARGUMENTS="--module nnlib/gates.py" for one module
	$(BIN)/python tools/mutants.py $(ARGUMENTS)

benchmark: $(READY)  ## ratios, side by side in one run; peers that are not installed are left out
	for file in $(filter-out benchmarks/latest.py,$(wildcard benchmarks/*.py)); do $(BIN)/python $$file || exit 1; done

lab: .lab/.ready  ## JupyterLab on the notebooks, in an environment with what they need and no more; ARGUMENTS="--no-browser" and the like go to it
	@mkdir -p .lab/share/jupyter/lab/settings && cp tools/jupyterlab.json .lab/share/jupyter/lab/settings/overrides.json
	@.lab/bin/jupyter trust book/*.ipynb book/*/*.ipynb >/dev/null  # so that the figures they carry are shown before anything runs
	.lab/bin/jupyter lab --ServerApp.root_dir=book --LabApp.default_url=/lab/tree/index.ipynb $(ARGUMENTS)

clean:
	rm -rf _build

define NEEDED
@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python's venv module is missing; on Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
endef

$(READY): requirements.lock requirements.txt pyproject.toml
	$(NEEDED)
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

# The versions that the book is tested with, without their checksums, which pip does not take together with a folder.
# Not compiled: most of what is installed is never imported, and what is, Python compiles the first time.
.lab/.ready: requirements.lock pyproject.toml
	$(NEEDED)
	$(PYTHON) -m venv .lab
	@sed -n 's/^\([^ ].*[^ ]\) *\\$$/\1/p' requirements.lock > .lab/versions.txt
	.lab/bin/python -m pip install -q --disable-pip-version-check --no-compile --constraint .lab/versions.txt -e ".[notebooks]"
	@.lab/bin/python -c "import matplotlib.font_manager" 2>/dev/null  # it lists the fonts now, and not below the first figure
	@touch .lab/.ready
