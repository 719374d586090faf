# Every command here is one script in scripts/; CI calls the same ones. `make` alone prints this help.
.DEFAULT_GOAL := help
.PHONY: help demo test relevance fuzz bench-hang bench-search lighthouse search lint format messages requirements clean

help: ## Show this help
	@printf 'The portal of a creative cluster. Commands:\n\n'
	@sed -n 's/^\([a-z-]*\): ## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'
	@printf '\nVariables (README.md lists all): PORT, DEMO_PASSWORD, DATABASE_URL, ELASTICSEARCH_URL, REDIS_URL.\n'
	@printf 'Examples:  make demo PORT=9000\n'
	@printf '           make search, and in another terminal  ELASTICSEARCH_URL=http://127.0.0.1:9200 make demo\n'

demo: ## Install, load demo content (once) and serve at http://127.0.0.1:8000/
	@bash scripts/demo.sh

test: ## Lint, checks and all tests, on SQLite and on PostgreSQL with Elasticsearch
	@bash scripts/test.sh

relevance: ## How well the search finds, on both engines (RECORD=1: make its figures the recorded ones)
	@bash scripts/relevance.sh

fuzz: ## 50,000 odd addresses to all listings on SQLite, PostgreSQL and Elasticsearch (N=…, SEED=…)
	@bash scripts/fuzz.sh

bench-hang: ## What a hanging Elasticsearch costs pages without search and editors (ROUNDS=…, READERS=…)
	@bash scripts/bench_hang.sh

bench-search: ## How fast the search is at 300, 10,000 and 100,000 members, against its goals (SIZES=…, ROUNDS=…, CLIENTS=…, ONLY=…)
	@bash scripts/bench_search.sh

lighthouse: ## What Lighthouse says of the first view on a phone, against its goals (ROUNDS=…, LANGUAGES=…)
	@bash scripts/lighthouse.sh

search: ## Run a local Elasticsearch at http://127.0.0.1:9200 until Ctrl-C
	@bash scripts/search.sh

lint: ## Style, templates, layers and types
	@bash scripts/lint.sh

format: ## Rewrite Python files in the house style
	@bash scripts/format.sh

messages: ## Bring locale/*.po up to date with the sources (needs gettext)
	@bash scripts/messages.sh

requirements: ## Pin the packages of pyproject.toml again (UPGRADE=1: the newest)
	@bash scripts/requirements.sh

clean: ## Remove the demo's data and all caches (the environment stays)
	@rm -rf var .pytest_cache .ruff_cache .mypy_cache .import_linter_cache test-results .coverage
