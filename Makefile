# The tasks of the project. `make` alone lists them.
GO ?= go
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.1.4
TEMPL       := github.com/a-h/templ/cmd/templ@v0.3.977

.PHONY: help
help: ## lists the tasks
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

.PHONY: test
test: ## lint and every test, on both databases and in a real browser; installs what it needs on Debian and Ubuntu
	@scripts/test.sh

.PHONY: lint
lint: ## gofmt, go vet, staticcheck, and govulncheck where its database can be reached
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "run gofmt -w on these"; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	@if curl -fsS -m 5 -o /dev/null https://vuln.go.dev/index/db.json 2>/dev/null; then $(GO) run $(GOVULNCHECK) ./...; \
	else echo "left out: govulncheck (its database cannot be reached)"; fi

.PHONY: build
build: ## builds ./kontor, one static program
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w" -o kontor ./cmd/kontor

.PHONY: demo
demo: ## makes the demo city and serves it
	$(GO) run ./cmd/kontor demo

.PHONY: generate
generate: ## makes again what is generated and checked in: templ, MODULES.md, golden files
	$(GO) run $(TEMPL) generate
	$(GO) test . ./kernel/db -update >/dev/null

.PHONY: assets
assets: ## makes the style sheets, fonts and scripts again from npm, byte for byte
	kernel/web/assets/build.sh

.PHONY: bench
bench: ## the benchmarks, each beside its baseline
	@scripts/bench.sh

.PHONY: soak
soak: ## long tests: 50 kills of an import, long random sequences
	@scripts/soak.sh

.PHONY: conformance
conformance: ## the official cases and collected files of every format, where ../shared/data lies beside the project
	$(GO) test ./format/... ./app -run Conformance -v -count=1

.PHONY: pages
pages: ## walks every page of the demo city as each role: links, axe, 320 px
	KONTOR_PAGES=1 $(GO) test ./browser -run TestPages -count=1 -v -timeout 30m

.PHONY: screenshots
screenshots: ## every page at 1280 and 390 px, light and dark, into screenshots/
	KONTOR_SCREENSHOTS=$(CURDIR)/screenshots $(GO) test ./browser -run TestPages -count=1 -v -timeout 20m
