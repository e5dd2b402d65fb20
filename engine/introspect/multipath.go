package introspect

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// multipathUUID begins the identifier of a mapping of multipathd; the WWID follows.
const multipathUUID = "mpath-"

// errOldMaps is the problem of maps that are known from what multipathd keeps of all that it has ever seen.
var errOldMaps = errors.New("maps that there have been; which of them are in use is not in files")

// collectMultipath takes the maps of multipathd from the kernel, which has them whether the daemon answers or not, or
// else from the files in which multipathd remembers them.
func collectMultipath(c *capture) {
	a := c.area("storage.multipath", sourceFile)
	if c.exists(blockClass) {
		for _, device := range a.directory(blockClass) {
			dir := blockClass + "/" + device
			if !strings.HasPrefix(device, "dm-") {
				continue
			}
			if wwid, found := strings.CutPrefix(c.line(dir+"/dm/uuid"), multipathUUID); found {
				c.out.Storage.Multipath = append(c.out.Storage.Multipath, snapshot.MultipathMap{
					Name: c.line(dir + "/dm/name"), WWID: wwid, Paths: a.directory(dir + "/slaves"),
				})
			}
		}
		slices.SortFunc(c.out.Storage.Multipath, func(a, b snapshot.MultipathMap) int {
			return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.WWID, b.WWID))
		})
		return
	}
	const wwids, bindings = "/etc/multipath/wwids", "/etc/multipath/bindings"
	if data, ok := a.want(wwids, c.etcWhole()); ok {
		names, _ := a.may(bindings)
		if c.out.Storage.Multipath = formats.Multipath(data, names); len(c.out.Storage.Multipath) > 0 {
			a.problem(wwids, errOldMaps)
		}
	}
}
