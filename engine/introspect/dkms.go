package introspect

import (
	"slices"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const dkmsTree = "/var/lib/dkms"

// collectDKMS finds the modules that are built on this host: <name>/<version>/<kernel>/<architecture>/module.
func collectDKMS(c *capture) {
	a := c.area("hardware.dkms", sourceFile)
	if !c.exists(dkmsTree) {
		// A host that keeps a list of packages keeps what DKMS made beside it.
		if !c.exists(dpkgStatusFile) && !c.host.Live() {
			a.unknown(dkmsTree, errAbsent)
		}
		return
	}
	for _, name := range a.directory(dkmsTree) {
		for _, version := range a.directory(dkmsTree + "/" + name) {
			dir := dkmsTree + "/" + name + "/" + version
			kernels := dkmsKernels(a, dir)
			// The source of a version is a link to /usr/src; links to builds and what modules replaced stand
			// beside the versions and have none.
			if _, err := c.host.Lstat(dir + "/source"); err != nil && len(kernels) == 0 {
				continue
			}
			c.out.Hardware.DKMS = append(c.out.Hardware.DKMS, snapshot.DKMSModule{Name: name, Version: version, Kernels: kernels})
		}
	}
}

// dkmsKernels are the kernels that a version of a module is built for.
func dkmsKernels(a *area, dir string) []string {
	var kernels []string
	for _, kernel := range a.directory(dir) {
		if kernel == "source" || kernel == "build" {
			continue
		}
		built := func(arch string) bool { return a.capture.exists(dir + "/" + kernel + "/" + arch + "/module") }
		if slices.ContainsFunc(a.directory(dir+"/"+kernel), built) {
			kernels = append(kernels, kernel)
		}
	}
	return kernels
}
