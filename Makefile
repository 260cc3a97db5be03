# `make run` and `make test` do everything; the rest are their parts. See README.md.
PORT     ?= 8000
DATA_DIR ?= var
VENV     := .venv
PY       := $(VENV)/bin/python
MANAGE   := $(PY) manage.py
PO       := $(wildcard iom/locale/*/LC_MESSAGES/*.po)
export PORT DATA_DIR

.PHONY: help setup run serve demo test lint format messages lock bench eval-import checkers weigh screenshots art clean

help:
	@sed -n 's/^## //p' Makefile

$(VENV)/.installed: requirements-dev.txt
	@.ci/venv $(VENV)
	@touch $@

iom/locale/.compiled: $(PO) $(VENV)/.installed
	@$(PY) iom/locale/compile.py
	@touch $@

## setup        the environment, compiled catalogues
setup: $(VENV)/.installed iom/locale/.compiled

## demo         the database, the demonstration content and its pictures (idempotent)
demo: setup
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo
	@$(MANAGE) pictures

## run          the site with its demonstration at 127.0.0.1:$PORT, development settings
run: demo
	@$(MANAGE) start --settings iom.settings.development

## serve        the same site as in production: gunicorn, plain HTTP on loopback
serve: demo
	@test -s $(DATA_DIR)/secret_key || (umask 077 && $(PY) -c "import secrets; print(secrets.token_urlsafe(64))" > $(DATA_DIR)/secret_key)
	@SECRET_KEY="$$(cat $(DATA_DIR)/secret_key)" SITE_URL=http://127.0.0.1:$(PORT) EMAIL_URL=consolemail:// exec $(MANAGE) start --settings iom.settings.production

## test         every test (browser tests where Chromium is installed)
test: setup
	@.ci/tools
	@$(PY) -m pytest

## lint         every static check
lint: setup
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/djlint --check --lint templates
	@$(VENV)/bin/lint-imports --no-logo
	@$(VENV)/bin/mypy .

## format       rewrites the code in the project's style
format: setup
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/djlint --quiet --reformat templates

## messages     collects the interface's words into the catalogues (needs gettext)
messages: setup
	@$(MANAGE) makemessages --locale fr --locale en --no-wrap --ignore var --ignore .venv --ignore 'newsroom/importing/tests/*' --add-location file
	@sed -i "/^\"POT-Creation-Date/d" $(PO)

## lock         resolves and hashes the requirements of pyproject.toml, for Python 3.12 to 3.14
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header pyproject.toml
lock: setup
	@$(LOCK) -o requirements.txt
	@$(LOCK) -c requirements.txt --group pyproject.toml:dev -o requirements-dev.txt

## bench        queries and milliseconds per page, printed
bench: setup
	@$(MANAGE) bench

## eval-import  how well press releases are read: accuracy for each field, and 10,000 mangled inputs
eval-import: setup
	@$(PY) -m newsroom.importing.tests.evaluate

NODE := .ci/node/node_modules
$(NODE)/.installed: .ci/node/package-lock.json
	@PUPPETEER_SKIP_DOWNLOAD=true npm ci --ignore-scripts --prefix .ci/node
	@touch $@

## checkers     Lighthouse and the Nu HTML checker (needs npm; the second, Java)
checkers: $(NODE)/.installed

## weigh        bytes of a first visit and Lighthouse per page, printed (needs Chromium; ARGS=--help says more)
weigh: setup checkers
	@$(PY) -m iom.tests.measuring weigh $(ARGS)

## screenshots  every page in docs/screenshots/, the guides' pictures in static/img/guides/ (needs Chromium; ARGS=--help)
screenshots: setup
	@$(PY) -m iom.tests.measuring screenshots $(ARGS)

## art          icons and social cards in static/img/ (needs Chromium and Debian's fonts-urw-base35)
art: setup
	@$(PY) -m iom.tests.art

## clean        removes all that these commands made
clean:
	@rm -rf $(VENV) $(NODE) var test-results iom/locale/.compiled .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name '*.mo' -delete
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
