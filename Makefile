# `make demo` captions the sample lecture; `make test` runs every test. Both install what the build needs first.

TARGET := $(or $(CARGO_TARGET_DIR),target)
CAPTIONS := $(TARGET)/demo

.PHONY: demo test setup

demo: setup
	cargo build --release --locked
	"$(TARGET)/release/lectern" caption assets/sample/photosynthesis.flac \
		--format srt,vtt,text,json --output-dir "$(CAPTIONS)" --overwrite
	@echo
	@echo "The captions of the sample lecture are in $(CAPTIONS):"
	@ls -1 "$(CAPTIONS)"
	@echo
	@head -n 15 "$(CAPTIONS)/photosynthesis.srt"

# Tests and program share the release profile, so that each dependency is compiled once.
test:
	@sh scripts/setup.sh test
	cargo test --release --locked --workspace

setup:
	@sh scripts/setup.sh
