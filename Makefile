# `make run` and `make test` do everything. Most other targets are their parts. See README.md.
PORT     := $(or $(PORT),8000)
DATA_DIR := $(or $(DATA_DIR),var)
VENV     := .venv
PY       := $(VENV)/bin/python
MANAGE   := $(PY) manage.py
PO       := $(wildcard iom/locale/*/LC_MESSAGES/*.po iom/editorial/wagtail_locale/*/LC_MESSAGES/*.po)
export PORT DATA_DIR

# Sets up for the tests and checks as well
DEVELOP := $(VENV)/.development
# A secret of $(2) bytes in the data folder, generated once, readable only by its owner
secret = test -s $(DATA_DIR)/$(1) || (umask 077 && $(PY) -c "import secrets; print(secrets.token_urlsafe($(2)))" > $(DATA_DIR)/$(1))

.NOTPARALLEL:
.PHONY: help ready setup run serve demo test test-services lint audit format messages lock bench eval-import eval-search eval-checks checkers weigh screenshots art font maps \
	vocabulary image clean clean-data

help:
	@sed -n 's/^## //p' Makefile

$(VENV)/.runtime: requirements.txt
	@.ci/venv $(VENV) $<
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@.ci/venv $(VENV) $<
	@touch $@

iom/locale/.compiled: $(PO) iom/locale/compile.py $(VENV)/.runtime
	@$(PY) iom/locale/compile.py
	@touch $@

ready:
	@.ci/ready

## setup        what serving the site needs: the environment, compiled catalogues
setup: $(VENV)/.runtime iom/locale/.compiled

## demo         the database, the demonstration content and its pictures (idempotent)
demo: setup
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo
	@$(MANAGE) pictures

## run          the site with its demonstration at 127.0.0.1:$PORT, development settings
run: ready demo
	@$(MANAGE) start --settings iom.settings.development

## serve        the same site as in production: gunicorn, plain HTTP on loopback
serve: ready setup
	@$(call secret,secret_key,64)
	@$(call secret,demo_password,12)
	@export SECRET_KEY="$$(cat $(DATA_DIR)/secret_key)" DEMO_PASSWORD="$${DEMO_PASSWORD:-$$(cat $(DATA_DIR)/demo_password)}" \
		SITE_URL=http://127.0.0.1:$(PORT) EMAIL_URL=consolemail:// DJANGO_SETTINGS_MODULE=iom.settings.production; \
	$(MANAGE) migrate --verbosity 0 && $(MANAGE) demo && $(MANAGE) pictures && exec $(MANAGE) start

## test         every test (browser tests where Chromium is installed), in one process for each core, up to four
test: setup $(DEVELOP)
	@.ci/tools
	@$(PY) -m pytest -n $$(getconf _NPROCESSORS_ONLN) --maxprocesses 4 --dist loadgroup --no-loadscope-reorder

## test-services  the site on several servers: PostgreSQL with a replica, Valkey, Varnish, S3, two gunicorns (Debian; root, to install)
test-services: setup $(DEVELOP)
	@$(if $(DATABASE_URL),,.ci/services) $(PY) -m pytest -m services iom/tests/services

## lint         every static check
lint: setup $(DEVELOP)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/djlint --check --lint templates
	@$(VENV)/bin/lint-imports --no-logo
	@$(VENV)/bin/mypy .
	@if [ "$$(uname -sm)" = "Linux x86_64" ]; then $(VENV)/bin/hadolint Dockerfile; fi

## audit        known vulnerabilities of the locked packages
audit: setup $(DEVELOP)
	@.ci/audit

## format       rewrites the code in the project's style
format: setup $(DEVELOP)
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/djlint --quiet --reformat templates

## messages     collects the interface's words into the catalogues, one for each folder in iom/locale/ (needs gettext)
messages: setup
	@$(MANAGE) makemessages --all --no-wrap --ignore var --no-obsolete --ignore .venv --ignore tests --add-location file
	@sed -i "/^\"POT-Creation-Date/d" $(PO)

## lock         resolves and hashes the requirements of pyproject.toml, for Python 3.12 to 3.14
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header pyproject.toml
lock: setup $(DEVELOP)
	@$(LOCK) -o requirements.txt
	@$(LOCK) -c requirements.txt --group pyproject.toml:dev -o requirements-dev.txt

## bench        responses per second, as ratios, into docs/benchmarks.md (needs wrk); SIZES="1000 100000": queries and milliseconds of each screen with so many articles
ifdef SIZES
bench: setup
	@env -u DATABASE_URL -u CACHE_URL $(PY) -m tools.sizes $(SIZES)
	@.ci/services $(PY) -m tools.sizes $(SIZES)
else
bench: setup $(DEVELOP)
	@command -v wrk >/dev/null || apt-get install -y -qq wrk
	@env -u DATABASE_URL -u CACHE_URL $(PY) -m tools.measuring speed
	@.ci/services $(PY) -m tools.measuring speed
endif

## eval-import  the accuracy of the import of press releases for each field, and 10,000 mangled inputs
eval-import: setup $(DEVELOP)
	@$(PY) -m tools.eval_import

## eval-search  the quality of the search: nDCG@10 of judged searches, and the same order on SQLite and PostgreSQL
eval-search: setup $(DEVELOP)
	@.ci/services $(PY) -m tools.eval_search

## eval-checks  how many seeded faults the checks of translations find, and their false alarms in correct translations
eval-checks: setup $(DEVELOP)
	@$(PY) -m tools.eval_checks

NODE := .ci/node/node_modules
$(NODE)/.installed: .ci/node/package-lock.json
	@PUPPETEER_SKIP_DOWNLOAD=true npm ci --ignore-scripts --prefix .ci/node
	@touch $@

## checkers     Lighthouse, the Nu HTML checker (needs Java) and the source of the maps (needs npm)
checkers: $(NODE)/.installed

## weigh        bytes of a first visit and Lighthouse per page, printed (needs Chromium; ARGS=--help says more)
weigh: setup $(DEVELOP) checkers
	@$(PY) -m tools.measuring weigh $(ARGS)

## screenshots  every page in docs/screenshots/, the guides' pictures in static/img/guides/ (needs Chromium; ARGS=--help)
screenshots: setup $(DEVELOP)
	@$(PY) -m tools.measuring screenshots $(ARGS)

## art          icons, social cards and the demonstration's documents (needs Chromium and Debian's fonts-urw-base35, fonts-noto-core)
art: setup $(DEVELOP)
	@$(PY) -m tools.art

## font         the hosted serif and the wordmarks, from Source Serif 4 (needs npm)
font: setup $(DEVELOP) checkers
	@$(PY) -m tools.font

## maps         the maps' shapes and static/img/world.svg, from Natural Earth's data (needs npm)
maps: setup checkers
	@$(PY) -m tools.maps.build

## vocabulary   the vocabulary of schema.org for the tests, from the npm package schema-dts
vocabulary: setup checkers
	@$(PY) -m tools.vocabulary

## image        the container image, built without a container engine, and a page from it (Debian, as root)
image: $(VENV)/.runtime
	@.ci/image

## clean        removes what these commands made, except the data
clean:
	@rm -rf $(VENV) $(NODE) test-results iom/locale/.compiled .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name '*.mo' -delete
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

## clean-data   removes the database, uploads and secrets in $DATA_DIR for good: make clean-data CONFIRM=yes
clean-data:
ifeq ($(CONFIRM),yes)
	@cd "$(DATA_DIR)/" && rm -rf db.sqlite3 db.sqlite3-wal db.sqlite3-shm media test cache static secret_key demo_password
	@rmdir "$(DATA_DIR)" || true
else
	@echo "This removes the database and all uploads in $(DATA_DIR). If you mean it: make clean-data CONFIRM=yes" >&2; exit 1
endif
