# make run    build, evaluate the golden host basic, leave the outputs in out/
# make test   install or report what the tests need, then run everything
# make check-nixos NIXPKGS=tree  evaluate all golden hosts with the module system of a tree and compare with the facts (docs/proof.md)
# make check-nixos NIXPKGS=tree HOSTILE=4  the same hosts with hostile text in their facts, planted in 4 ways: none of it may be evaluated
# make test-vm  conversions in machines with real boot loaders, without KVM; VM_CACHE=folder keeps what takes long to build
# make test-companion  a stand-in of Proxmox VE's root is cloned on a real btrfs and runs as companion, packages and faults included; a minute
# make golden rewrite all generated files: schema, catalog lock, ids, reference, goldens

.PHONY: run build test test-vm test-vm-one test-companion prepare lint golden bench check-nixos clean

version := 0.1.0

run: build
	bin/pve2nix eval golden/basic/snapshot.json --out out

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(version)" -o bin/pve2nix ./cmd/pve2nix

# All tests, and those that few hosts are enough for once more with the race detector (internal/testhosts says which). It needs a
# C compiler; prepare has said so where there is none. Packages that run the product as another process, or other programs on what
# it wrote, have nothing that the detector could see.
apart := internal/(checknixos|qemucompare|rig|standin)

test: prepare lint
	go test -timeout 15m ./...
	! command -v gcc >/dev/null || go list ./... | grep -Ev '/$(apart)($$|/)' | xargs go test -race -timeout 15m

# Every conversion in a machine and the faults that strike them, two machines at once; and the one that continuous integration runs: thin pool, GRUB of the BIOS, panic, back to Proxmox VE; and a real kernel that finds its modules.
# Without KVM a start takes half a minute where nobody else works, and longer elsewhere.
test-vm: prepare
	VM=all go test -count=1 -timeout 60m -parallel 2 -run '^TestVM' -v ./internal/rig

test-vm-one: prepare
	VM=one go test -count=1 -timeout 25m -run '^TestVM(ThinPanic|KernelModules)$$' -v ./internal/rig

test-companion: prepare
	COMPANION=1 go test -count=1 -timeout 15m -run '^TestCompanion(OnAThickVolume)?$$' -v ./internal/standin

prepare:
	.ci/prepare

lint:
	@files=$$(gofmt -l . ); test -z "$$files" || { echo "not gofmt-ed: $$files"; exit 1; }
	go vet ./...
	go tool staticcheck ./...

golden:
	go test ./engine/policy -run '^TestSurfaceIsWhatIsSet$$' -update
	go test ./engine/snapshot ./engine/catalog -update
	go test ./engine/policy -run '^TestLockIsGeneratedFromTheRules$$' -update
	go test ./engine/nix ./reports ./internal/faults -update
	go test ./engine/vet -run IDs -update
	go test ./internal/standin -run '^TestCaptureOfRunningHost$$/^is_the_golden_snapshot$$|^TestCaptureOfHostInTrouble$$' -update
	go test ./engine/introspect -update
	go test ./cmd/pve2nix -update

# NIXPKGS is a work tree of nixpkgs, PROXMOX_NIXOS one of proxmox-nixos. HOSTS and TARGETS say which; RELEASE is that of the tree.
check-nixos:
	@NIXPKGS="$(NIXPKGS)" PROXMOX_NIXOS="$(PROXMOX_NIXOS)" HOSTS="$(HOSTS)" TARGETS="$(TARGETS)" RELEASE="$(RELEASE)" VERBOSE="$(VERBOSE)" HOSTILE="$(HOSTILE)" go run ./internal/checknixos

bench:
	go test -run '^$$' -bench . -benchmem ./...

clean:
	rm -rf bin out
