# What can be done here, each with one command. `make` alone lists it.
#
# Needs Rust, Python 3.9 or later (standard library only, but for `make train`), a C linker and, once, a network for the crates.
# Figures that need corpora look for them in ../shared and say so when they are not there; nothing that builds or tests needs them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

PYTHON ?= python3
TARGET := $(or $(CARGO_TARGET_DIR),target)
SHARED := ../shared
RELEASE := $(TARGET)/release/onrecord
TESTED := $(TARGET)/debug/onrecord
DEMO := $(TARGET)/demo
VENV := training/.venv
APT = $$([ "$$(id -u)" = 0 ] || echo sudo) apt-get
# The hyperparameters of the shipped weights; the rest are the defaults of training/train.py. The shares of the weights before and of those learnt in their mean.
WINDOWS := --passes 4 --events-weight 1 --news-weight 1 --missed-weight 3 --share statements=0 mentions=0 quiet=0.35
TRAINING := --minutes 56 --batch 16 --rate 2e-4 --head-rate 8e-4 --warmup 100 --seed 19 --frozen 5 --masked 0.05
KEPT := 0.2
LEARNT := 0.8
MODEL_FILES := reader.onnx events.onnx arguments.onnx parties.onnx vocabulary.txt transitions.tsv party_transitions.tsv event_labels.tsv

.PHONY: help demo test style rust python crash browser contract load shared-checks bench marks peers train venv calibrate release rust-parts corpus

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: release ## build the program and read the articles in examples/
	@mkdir -p $(DEMO)
	@$(RELEASE) read --to pretty --date 2026-03-11 examples/agency-diplomacy/article.txt
	@$(RELEASE) read --to jsonl examples/*/article.txt > $(DEMO)/records.jsonl
	@$(RELEASE) read --to pretty examples/*/article.txt > $(DEMO)/pages.txt
	@printf '\n%s\n' "Every anchor of every record, checked:"
	@$(RELEASE) check $(DEMO)/records.jsonl
	@printf '%s\n' "" "All articles of examples/:" \
	  "  $(DEMO)/pages.txt      as above, for reading" \
	  "  $(DEMO)/records.jsonl  one record a line, for programs" \
	  "Your own: $(RELEASE) read ARTICLE.txt" \
	  "Why a statement was found: $(RELEASE) explain statement/cued"

test: style rust python crash contract browser shared-checks ## everything that must pass: format, lints, Rust, documentation, Python, contract and browser tests
	@echo "make test: all passed"

style: rust-parts
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

# One profile (dev, dependencies optimised) for the tests, the documentation tests and the binary that the tests run. That binary can be made to fail.
rust:
	cargo test --workspace --locked --features onrecord-cli/failpoints

python:
	$(PYTHON) -m unittest discover -s training -p 'test_*.py'
	$(PYTHON) -m unittest discover -s bench -p 'test_*.py'
	ONRECORD=$(TESTED) $(PYTHON) -m unittest discover -s docs -p 'test_*.py'

crash: ## kill the program while it writes a store, 30 times and at every named place: nothing that was kept may be lost
	$(PYTHON) bench/crash.py --binary $(TESTED)

browser: ## the pages of `onrecord serve` in Chromium: access, keys, corrections, injection (five to ten minutes; installs Chromium and Playwright)
	@command -v chromium >/dev/null || { $(APT) update -q && $(APT) install -qy --no-install-recommends chromium fonts-dejavu; }
	@command -v npm >/dev/null || { $(APT) update -q && $(APT) install -qy --no-install-recommends nodejs npm; }
	@cmp -s browser/package-lock.json browser/node_modules/.lock || { \
	  cd browser && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund && cp package-lock.json node_modules/.lock; }
	cd browser && ONRECORD=$(abspath $(TESTED)) SHARED=$(abspath $(SHARED)) node_modules/.bin/playwright test

contract: ## requests made up from /openapi.json against a server: every answer must be as described (installs schemathesis, once)
	$(PYTHON) bench/contract.py --binary $(TESTED)

load: release ## what a request to the server costs, beside Datasette (installs it, once; twenty minutes, on an idle machine)
	rm -f $(TARGET)/large.db $(TARGET)/large.db-wal $(TARGET)/large.db-shm
	cargo run --release --locked -p onrecord-store --example measure -- make 300000 $(TARGET)/large.db
	$(PYTHON) bench/load.py --binary $(RELEASE) --store $(TARGET)/large.db --datasette --soak 600 --ingest

shared-checks:
	$(PYTHON) bench/marks.py --binary $(TESTED) --shared $(SHARED) --check

bench: release ## speed, start, memory and linearity → docs/measurements.md (about five minutes, on an idle machine)
	$(PYTHON) bench/run.py --binary $(RELEASE) --write

marks: release ## scores against the corpora in ../shared → docs/measurements.md, docs/events.md
	$(PYTHON) bench/marks.py --binary $(RELEASE) --shared $(SHARED) --write
	$(PYTHON) bench/event_news.py --binary $(RELEASE) --shared $(SHARED) --write

peers: release ## onrecord beside others on the same texts: times and quantities → docs/measurements.md (installs them; needs a JDK)
	$(PYTHON) bench/peers/compare.py times --binary $(RELEASE) --shared $(SHARED) --write
	$(PYTHON) bench/peers/compare.py quantities --binary $(RELEASE) --shared $(SHARED) --write

train: corpus venv release ## train the reader model on from the shipped weights: install, train, export, build in, calibrate (an hour and a half)
	mkdir -p training/work
	cd training && .venv/bin/python take_back.py ../crates/onrecord-data/model work/start.pt
	cd training && .venv/bin/python missed.py $(abspath $(RELEASE)) work/missed.json
	cd training && .venv/bin/python windows.py $(WINDOWS) --missed work/missed.json
	cd training && .venv/bin/python train.py $(TRAINING) --from work/start.pt --check '' --out work/joint.pt
	cd training && .venv/bin/python blend.py work/start.pt:$(KEPT) work/joint.pt:$(LEARNT) work/mean.pt
	cd training && .venv/bin/python export.py work/mean.pt work/model
	cp $(addprefix training/work/model/,$(MODEL_FILES)) crates/onrecord-data/model/
	$(MAKE) calibrate

venv:
	$(PYTHON) -m venv $(VENV) || { $$([ "$$(id -u)" = 0 ] || echo sudo) apt-get install -y python3-venv && $(PYTHON) -m venv $(VENV); }
	$(VENV)/bin/python -m pip install --quiet -r training/requirements.txt

# Prints the constants for crates/onrecord/src/relations/confidence.rs and events/confidence.rs; a person puts them there.
calibrate: corpus venv release
	@$(RELEASE) read --help | grep -e --least-confidence >/dev/null || { \
	  echo "not calibrated: this onrecord has no --least-confidence, and training/calibrate.py needs the doubtful statements too"; exit 1; }
	mkdir -p training/work
	$(RELEASE) read --least-confidence 0.01 --to jsonl $(SHARED)/gold/attribution/dev.jsonl > training/work/doubtful.jsonl
	cd training && .venv/bin/python calibrate.py ../$(SHARED)/gold/attribution/dev.jsonl work/doubtful.jsonl
	$(PYTHON) bench/event_news.py --binary $(RELEASE) --shared $(SHARED) --verdicts training/work/verdicts.jsonl --records training/work/held-out.jsonl
	cd training && .venv/bin/python event_curve.py work/verdicts.jsonl work/held-out.jsonl

corpus:
	@for file in train/attribution/train.jsonl train/entities/worldwide_train.jsonl train/syntax/ewt-train.conllu train/syntax/gum-train.conllu gold/attribution/dev.jsonl tools/score_statements.py; do \
	  test -f $(SHARED)/$$file || { echo "nothing done: $(SHARED)/$$file is not here; the model is trained on it (see training/README.md)"; exit 2; }; done

release:
	cargo build --release --locked -p onrecord-cli

rust-parts:
	@cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 || rustup component add rustfmt clippy
