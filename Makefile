# Thin on purpose: every target is a Python command that also works without make (tools/tasks.py).
PYTHON ?= python3
PORT ?= 8000
RUN = $(PYTHON) tools/tasks.py

.PHONY: up test install check bench torture

up:        ## install what is missing, build the site, serve examples/journal on $(PORT)
	@$(RUN) up --port $(PORT)

test:      ## everything CI runs
	@$(RUN) test

install:   ## virtual environment, locked Python and npm dependencies, Node, the built site
	@$(RUN) install

check:     ## format, lint, types, import contracts
	@$(RUN) check

bench:     ## every performance claim; tables and JSON under bench/results/
	@$(RUN) bench

torture:   ## the long versions of the property and kill tests; bounded, prints its seed
	@$(RUN) torture
