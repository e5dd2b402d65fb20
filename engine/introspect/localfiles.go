package introspect

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	// maxLocalEntries bounds the entries that are looked at; a crowded /etc has a few thousand.
	maxLocalEntries = 50_000
	// maxLocalDepth is deeper than any directory of configuration.
	maxLocalDepth = 12
	// maxLoose is how many files of a directory that is local as a whole are named one by one.
	maxLoose = 30
	// maxScriptSize bounds the files that are opened to see whether they are scripts.
	maxScriptSize = 256 << 10
)

// generatedDirs are directories that programs fill: what is there as a whole is the fact, not each file.
var generatedDirs = map[string]bool{
	"/etc/alternatives": true, "/etc/ssl/certs": true, "/etc/lvm/archive": true, "/etc/lvm/backup": true,
	"/etc/rc0.d": true, "/etc/rc1.d": true, "/etc/rc2.d": true, "/etc/rc3.d": true, "/etc/rc4.d": true, "/etc/rc5.d": true,
	"/etc/rc6.d": true, "/etc/rcS.d": true, "/etc/apparmor.d/disable": true, "/etc/fonts/conf.d": true, "/etc/iscsi/nodes": true,
	"/etc/iscsi/send_targets": true, "/etc/iscsi/ifaces": true, "/etc/letsencrypt/archive": true, "/etc/git": true, "/etc/.git": true,
	"/etc/systemd/user": true, "/etc/openvswitch": true, "/etc/xml": true, "/etc/sgml": true, "/etc/java-17-openjdk": true,
}

// localTree is a directory where files of the host alone are looked for, and how deep.
type localTree struct {
	path  string
	depth int
	// directories is true where a directory is a fact by itself, and hidden names where those count too.
	directories, hidden bool
	// owned is true where packages may have files.
	owned bool
}

var localTrees = []localTree{
	{path: "/etc", depth: maxLocalDepth, hidden: true, owned: true},
	{path: "/usr/local/bin", depth: 3, hidden: true},
	{path: "/usr/local/sbin", depth: 3, hidden: true},
	{path: "/usr/local/etc", depth: 6, hidden: true},
	{path: "/usr/local/lib/systemd", depth: 6, hidden: true},
	{path: "/usr/local/share/ca-certificates", depth: 3},
	{path: "/opt", depth: 1, directories: true, owned: true},
	{path: "/root", depth: 1, directories: true},
	{path: "/var/lib/vz/snippets", depth: 3},
	{path: "/usr/share/perl5/PVE/Storage/Custom", depth: 2, owned: true}, // plugins that give storage.cfg types of its own
}

// localFiles finds the files that make a host differ from what its packages install.
type localFiles struct {
	*area
	dpkg *dpkgFiles
	// covered are paths that other facts speak of.
	covered map[string]bool
	// visited counts entries, full is true when there are too many.
	visited int
	full    bool
	out     map[string]snapshot.LocalFile
}

// collectLocalFiles names the files that no package owns and no collector read, and configuration files that differ
// from what their packages brought. Of their content nothing is told.
func collectLocalFiles(c *capture, d *dpkgFiles) {
	l := &localFiles{area: c.area("local_files", sourceFile), dpkg: d, covered: coveredPaths(c), out: map[string]snapshot.LocalFile{}}
	if !c.exists("/etc") && !c.exists("/usr/local") && !c.exists("/var/lib/vz") {
		l.unknown("/etc", errAbsent)
		return
	}
	if !c.etcWhole() {
		l.problem("/etc", errPart)
	}
	if d.listsError != nil {
		l.problem(dpkgInfoDir, missingIsAbsent(d.listsError))
	}
	for _, tree := range localTrees {
		if tree.owned && d.listsError != nil {
			continue // what is local there cannot be told from what packages have
		}
		found, _ := l.walk(tree, tree.path, 1)
		l.add(found)
	}
	l.pveFiles()
	l.conffiles()
	l.hooks()
	l.initScripts()
	for _, file := range l.out {
		c.out.LocalFiles = append(c.out.LocalFiles, file)
	}
	slices.SortFunc(c.out.LocalFiles, func(a, b snapshot.LocalFile) int { return cmp.Compare(a.Path, b.Path) })
}

// initScripts tells which scripts of init.d a boot starts. Where no runlevel can be read nothing is told.
func (l *localFiles) initScripts() {
	const scripts = "/etc/init.d/"
	started, known := map[string]bool{}, false
	for _, level := range []string{"S", "2", "3", "4", "5"} {
		entries, err := l.capture.host.ReadDir("/etc/rc" + level + ".d")
		if err != nil {
			continue
		}
		known = true
		for _, entry := range entries {
			if found := startLink.FindStringSubmatch(entry.Name()); found != nil {
				started[found[1]] = true
			}
		}
	}
	for name, file := range l.out {
		if known && file.Kind == "script" && path.Dir(name)+"/" == scripts {
			file.Started = map[bool]string{true: "yes", false: "no"}[started[path.Base(name)]]
			l.out[name] = file
		}
	}
}

// startLink is a link in a runlevel that starts a script.
var startLink = regexp.MustCompile(`^S[0-9]{2}(.+)$`)

// missingIsAbsent is the error of a source that a whole host always has.
func missingIsAbsent(err error) error {
	if absent(err) {
		return errAbsent
	}
	return err
}

// coveredPaths are the paths that facts speak of although no collector read them.
func coveredPaths(c *capture) map[string]bool {
	out := map[string]bool{}
	for _, unit := range c.out.Units {
		out[unit.FragmentPath] = true
		for _, file := range unit.DropIns {
			out[file] = true
		}
	}
	for _, key := range c.out.RepositoryKeys {
		out[key.Path] = true
	}
	for _, certificate := range c.out.Certificates {
		out[certificate.Path] = true
	}
	return out
}

func (l *localFiles) add(files []snapshot.LocalFile) {
	for _, file := range files {
		l.out[file.Path] = file
	}
}

// spoken says whether another fact speaks of a file.
func (l *localFiles) spoken(file string) bool {
	if _, read := l.capture.files[file]; read || l.covered[file] {
		return true
	}
	return false
}

// walk lists the local files of a directory. alone is true where nothing in it belongs to a package or to another fact.
func (l *localFiles) walk(tree localTree, dir string, depth int) (found []snapshot.LocalFile, alone bool) {
	entries, err := l.capture.host.ReadDir(dir)
	if err != nil {
		if !absent(err) {
			l.failed++
			l.problem(dir, err)
		}
		return nil, true
	}
	l.read++
	alone = true
	for _, entry := range entries {
		file := path.Join(dir, entry.Name())
		if l.visited++; l.visited > maxLocalEntries {
			if !l.full {
				l.full = true
				l.problem(dir, fmt.Errorf("there are more than %d files here and above; the rest is not looked at", maxLocalEntries))
			}
			return found, false
		}
		if !tree.hidden && strings.HasPrefix(entry.Name(), ".") || file == pveDir {
			continue
		}
		if l.spoken(file) {
			alone = false
			continue
		}
		if entry.IsDir() {
			below, belowAlone := l.directory(tree, file, depth)
			found = append(found, below...)
			alone = alone && belowAlone
			continue
		}
		if tree.owned && l.dpkg.owned[file] || l.ofUnit(file, entry) || l.ofTemplate(file) {
			alone = false
			continue
		}
		if local, ok := l.describe(file, entry.Type()); ok {
			found = append(found, local)
		}
	}
	return found, alone
}

// directory lists what is local below a directory; one that is local as a whole is one entry where it holds much.
func (l *localFiles) directory(tree localTree, dir string, depth int) (found []snapshot.LocalFile, alone bool) {
	whole := []snapshot.LocalFile{{Path: validPath(dir), Kind: "directory", State: "local"}}
	owned := tree.owned && l.dpkg.owned[dir]
	if tree.directories {
		if owned {
			return nil, false
		}
		return whole, true
	}
	if depth >= tree.depth {
		return whole, !owned
	}
	found, alone = l.walk(tree, dir, depth+1)
	switch {
	case len(found) == 0:
		return nil, alone && !owned
	case generatedDirs[dir], alone && !owned && len(found) > maxLoose:
		return whole, alone && !owned
	}
	return found, alone && !owned
}

// ofUnit says whether a link is how a unit is enabled, masked or named otherwise: that is a fact of the unit.
func (l *localFiles) ofUnit(file string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 || !strings.HasPrefix(file, "/etc/systemd/system/") || len(l.capture.out.Units) == 0 {
		return false
	}
	dir := path.Dir(file)
	if dir != "/etc/systemd/system" && !slices.Contains([]string{".wants", ".requires", ".upholds"}, path.Ext(dir)) {
		return false
	}
	switch path.Ext(file) {
	case ".service", ".socket", ".timer", ".target", ".mount", ".automount", ".path", ".slice", ".swap":
		return true
	}
	return false
}

// ofTemplate says whether a file is as its package copied it.
func (l *localFiles) ofTemplate(file string) bool {
	if _, copied := templates[file]; !copied && l.dpkg.delivered[file] == "" {
		return false
	}
	unchanged, err := l.dpkg.unchanged(l.capture, file)
	return err == nil && unchanged
}

// describe makes the fact of one file; ok is false for what is no file or link.
func (l *localFiles) describe(file string, mode fs.FileMode) (snapshot.LocalFile, bool) {
	out := snapshot.LocalFile{Path: validPath(file), Kind: "file", State: "local"}
	switch {
	case mode&fs.ModeSymlink != 0:
		out.Kind = "link"
		if target, err := l.capture.host.Readlink(file); err == nil {
			out.Target = validPath(target)
		}
	case !mode.IsRegular():
		return out, false
	case l.isScript(file):
		out.Kind = "script"
	}
	return out, true
}

// isScript says whether a file is executable, or begins as a script does. A file that not everybody may read is not
// opened: it may be a key.
func (l *localFiles) isScript(file string) bool {
	info, err := l.capture.host.Lstat(file)
	if err != nil {
		return false
	}
	switch mode := info.Mode().Perm(); {
	case mode&0o111 != 0:
		return true
	case mode&0o004 == 0 || info.Size() > maxScriptSize || isSecretFile(file):
		return false
	}
	content, err := l.capture.host.ReadFile(file, maxScriptSize)
	return err == nil && strings.HasPrefix(string(content.Data[:min(2, len(content.Data))]), "#!")
}

func validPath(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// pveFiles names the files of /etc/pve that no collector read, those that hold secrets included.
func (l *localFiles) pveFiles() {
	c := l.capture
	if !c.pveWhole() {
		l.problem(pveDir, c.whyAbsent(pveDir+"/nodes"))
		return
	}
	var walk func(dir string, depth int)
	walk = func(dir string, depth int) {
		entries, err := c.host.ReadDir(dir)
		if err != nil {
			if !absent(err) {
				l.problem(dir, err)
			}
			return
		}
		for _, entry := range entries {
			file := dir + "/" + entry.Name()
			if l.visited++; l.visited > maxLocalEntries || l.spoken(file) {
				continue
			}
			switch mode := entry.Type(); {
			case mode.IsDir():
				if depth < maxLocalDepth && file != pveDir+"/priv/lock" { // locks come and go
					walk(file, depth+1)
				}
			case mode&fs.ModeSymlink != 0:
				target, _ := c.host.Readlink(file)
				l.add([]snapshot.LocalFile{{Path: validPath(file), Kind: "link", State: "local", Target: validPath(target)}})
			case mode.IsRegular():
				l.add([]snapshot.LocalFile{{Path: validPath(file), Kind: "file", State: "local"}})
			}
		}
	}
	walk(pveDir, 1)
}

// conffiles compares the configuration files of packages with what the packages brought.
func (l *localFiles) conffiles() {
	c, d := l.capture, l.dpkg
	if d.statusError != nil {
		l.problem(dpkgStatusFile, missingIsAbsent(d.statusError))
		return
	}
	var missing []snapshot.LocalFile
	present := 0
	for file, conffile := range d.conffiles {
		info, err := c.host.Lstat(file)
		switch {
		case absent(err):
			if !conffile.Obsolete {
				missing = append(missing, snapshot.LocalFile{Path: validPath(file), Kind: "file", State: "missing", Package: conffile.Package})
			}
			continue
		case err != nil:
			l.problem(file, err)
			continue
		}
		present++
		if l.spoken(file) {
			continue
		}
		unchanged, err := d.unchanged(c, file)
		switch {
		case err != nil && !absent(err) && !errors.Is(err, errNotRegular):
			l.failed++
			l.problem(file, err)
			continue
		case err == nil && unchanged:
			continue
		}
		if changed, ok := l.describe(file, info.Mode()); ok {
			changed.State, changed.Package = "changed", conffile.Package
			l.add([]snapshot.LocalFile{changed})
		}
	}
	if len(missing) > present {
		// Nobody deletes most of them: the tree is a part of a host.
		l.problem("/etc", fmt.Errorf("%d of %d configuration files of packages are not here", len(missing), len(missing)+present))
		return
	}
	l.add(missing)
}

// hooks names the scripts that backups run, wherever they are.
func (l *localFiles) hooks() {
	c := l.capture
	var scripts []string
	properties := slices.Clone(c.out.Jobs.VzdumpDefaults)
	for _, job := range c.out.Jobs.Scheduled {
		properties = append(properties, job.Properties...)
	}
	for _, p := range properties {
		if p.Key != "script" {
			continue
		}
		if p.Value != nil {
			scripts = append(scripts, *p.Value)
		}
		for _, field := range p.Fields {
			if field.Name == "program" && field.Value != nil {
				scripts = append(scripts, *field.Value)
			}
		}
	}
	for _, script := range scripts {
		file, _, _ := strings.Cut(strings.TrimSpace(script), " ")
		// A mount of the network that does not answer would hold up the capture.
		if _, known := l.out[file]; known || !path.IsAbs(file) || path.Clean(file) != file || strings.HasPrefix(file, "/mnt/") || l.spoken(file) || l.dpkg.owned[file] {
			continue
		}
		if info, err := c.host.Lstat(file); err == nil {
			if local, ok := l.describe(file, info.Mode()); ok {
				l.add([]snapshot.LocalFile{local})
			}
		}
	}
}

// collectFiles reads what no collector before it read.
func collectFiles(c *capture) {
	collectRepositoryKeys(c)
	packages := readDpkgFiles(c)
	collectConfigFiles(c, packages)
	collectLocalFiles(c, packages)
}
