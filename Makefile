# Two commands: `make` builds Martlet and runs a notebook; `make test` checks everything. `make help` lists the rest.

PREFIX ?= $(HOME)/.local
NOTEBOOK := tutorials/00-hello-martlet.ipynb
PAGE := .build/00-hello-martlet.html
STAGED := .build/martlet/bin/martlet
# A reference, so it comes last in the gallery.
MARKS := notebooks/gallery-of-marks.ipynb

.DEFAULT_GOAL := hello
.PHONY: hello build test install uninstall lab gallery exercises bench bench-peers bench-models bench-nets soak fuzz onnx-report format clean help

hello: build ## Build Martlet and run the first tutorial with it (the default)
	@$(STAGED) run $(NOTEBOOK) --html $(PAGE)
	@echo "The notebook as a page, plots included: $(CURDIR)/$(PAGE)"

build: ## Install missing Debian packages, build optimised, stage into .build/martlet
	@scripts/check-toolchain.sh >/dev/null
	@scripts/install-packages.sh build
	@echo "building Martlet (the first time takes some minutes)"
	@scripts/build.sh
	@scripts/stage.sh

test: ## Run every test: unit tests, notebooks, conformance clients, format
	@scripts/check-toolchain.sh >/dev/null
	@scripts/install-packages.sh build
	@scripts/test.sh

install: build ## Install for the user, or under PREFIX=..., and register the Jupyter kernel
	@scripts/install.sh "$(PREFIX)"

uninstall: ## Remove what `make install` put under PREFIX
	rm -rf "$(PREFIX)/bin/martlet" "$(PREFIX)/lib/martlet" "$(PREFIX)/share/jupyter/kernels/martlet"

lab: build ## JupyterLab in .venv, with Martlet preselected
	@scripts/lab.sh

soak: build ## The soak tests at full length: thousands of cells, traps, interrupts and bad messages
	@scripts/test.sh soak

fuzz: ## Run libFuzzer on what reads messages, notebooks and markup, a minute for each
	@scripts/check-toolchain.sh >/dev/null
	@scripts/install-packages.sh build
	@scripts/fuzz.sh

onnx-report: ## Run all of the ONNX project's test cases, made with .venv, and print the count for each operator
	@scripts/python-environment.sh Tests/Reference/requirements.txt
	@.venv/bin/python Tests/Reference/make_onnx_models.py --all .build/onnx-cases.npz
	@MARTLET_ONNX_CASES=$(CURDIR)/.build/onnx-cases.npz swift test -c release --filter ONNXCaseTests

gallery: build ## All tutorials and worked cases as a site of HTML pages in .build/gallery
	@$(STAGED) gallery tutorials/*.ipynb $(filter-out $(MARKS),$(wildcard notebooks/*.ipynb)) $(MARKS) \
	  --output .build/gallery --title "Martlet: tutorials and worked cases"

exercises: build ## The tutorials without solutions and outputs, to work through, in .build/exercises
	@$(STAGED) exercise tutorials/*.ipynb --output .build/exercises
	@cp -r tutorials/*.txt tutorials/pretrained .build/exercises/

bench: build ## Time cells beside ipykernel
	@scripts/install-packages.sh test
	@scripts/python-environment.sh Tests/Conformance/requirements.txt
	@.venv/bin/python Benchmarks/cell_round_trip.py --martlet $(STAGED)
	@.venv/bin/python Benchmarks/cell_compile_time.py .build/martlet
	@.venv/bin/python Benchmarks/cell_speed.py --martlet $(STAGED)

bench-peers: ## Time the toolkit beside NumPy, pandas and polars
	@scripts/check-toolchain.sh >/dev/null
	@scripts/install-packages.sh build
	@scripts/python-environment.sh Benchmarks/requirements.txt
	@swift build --configuration release --package-path Benchmarks
	@.venv/bin/python Benchmarks/compare.py .build/bench --martlet Benchmarks/.build/release/martlet-benchmarks \
	  --peers Benchmarks/array_peers.py --peers Benchmarks/frame_peers.py gemm memory arrays frames

bench-models: ## Time classical models beside scikit-learn, LightGBM and XGBoost
	@scripts/check-toolchain.sh >/dev/null
	@scripts/install-packages.sh build
	@scripts/python-environment.sh Benchmarks/model_requirements.txt
	@swift build --configuration release --package-path Benchmarks
	@.venv/bin/python Benchmarks/compare.py .build/bench --martlet Benchmarks/.build/release/martlet-benchmarks \
	  --peers Benchmarks/model_peers.py linear logistic forest boosting kmeans dbscan svc pca tfidf

bench-nets: ## Time networks and embeddings beside PyTorch and ONNX Runtime
	@scripts/check-toolchain.sh >/dev/null
	@scripts/install-packages.sh build
	@scripts/python-environment.sh Benchmarks/neural_requirements.txt
	@swift build --configuration release --package-path Benchmarks
	@.venv/bin/python Benchmarks/compare.py .build/bench --martlet Benchmarks/.build/release/martlet-benchmarks \
	  --peers Benchmarks/neural_peers.py nets lstm transformer embeddings onnx

format: ## Format the Swift code
	swift format --in-place --recursive Package.swift Sources Tests Fuzzing/Package.swift Fuzzing/Targets

clean: ## Remove everything that was built, and .venv
	rm -rf .build .venv

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
