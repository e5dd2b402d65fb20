package standin

import (
	"os"
	"path/filepath"
)

// LinksFile lists the links of a golden host that is captured while it runs, beside its tree.
const LinksFile = "links.json"

// Running are the golden hosts below dir that are booted to be captured: those whose links are listed.
func Running(dir string) []string { return hosts(dir, true) }

// Trees are the golden hosts below dir that are captured from their files.
func Trees(dir string) []string { return hosts(dir, false) }

func hosts(dir string, running bool) (names []string) {
	trees, _ := filepath.Glob(filepath.Join(dir, "*", "raw"))
	for _, tree := range trees {
		host := filepath.Dir(tree)
		if _, err := os.Stat(filepath.Join(host, LinksFile)); (err == nil) == running {
			names = append(names, filepath.Base(host))
		}
	}
	return names
}
