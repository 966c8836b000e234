# Every target sees to its set-up first; `make` alone says what there is.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=

BINARY = .build/release/ikescope

.PHONY: help setup build demo test tools lint bench fuzz soak install uninstall clean

help:
	@echo 'make demo              build, and explain a capture with a good and a failed negotiation'
	@echo 'make test              build, and run all tests'
	@echo 'make tools             build what measures and fuzzes, so that no change leaves it behind'
	@echo 'make lint              check the style'
	@echo 'make bench             measure speed and memory'
	@echo 'make fuzz              feed every parser with damaged input for a while'
	@echo 'make soak              damage captures and generate floods for hours, watching the memory'
	@echo 'make install PREFIX=   install the program (default: $(PREFIX))'
	@echo 'make clean             remove what was built'

setup:
	@.ci/setup

build: setup
	$(SWIFT) build -c release $$(.ci/release-flags) --product ikescope

demo: build
	$(BINARY) analyze Captures/demo.pcap --config Captures/demo.asa.cfg \
	  --keys Captures/demo.keys.json

test: setup
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

# What `make fuzz`, `make soak` and `make bench` are made of, so that no change leaves it behind.
tools: setup
	IKESCOPE_FUZZ=1 $(SWIFT) build --target Fuzz
	IKESCOPE_FUZZ=1 $(SWIFT) build --target Damage
	$(SWIFT) build --package-path Benchmarks

lint: setup
	$(SWIFT) format lint --strict -r Sources Tests
	@.ci/check-unsafe

bench: build
	@Benchmarks/run

fuzz: setup
	@Benchmarks/Fuzz/run

soak: build
	@Benchmarks/soak

install: build
	install -d '$(DESTDIR)$(PREFIX)/bin'
	install -m 755 $(BINARY) '$(DESTDIR)$(PREFIX)/bin/ikescope'

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/ikescope'

clean:
	$(SWIFT) package clean
