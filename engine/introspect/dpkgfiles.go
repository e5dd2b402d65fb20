package introspect

import (
	"bytes"
	"crypto/md5" // dpkg's own checksum: it tells a change, it protects from nothing
	"encoding/hex"
	"errors"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
)

// Where dpkg and ucf say which files belong to packages, and what the content of configuration files was.
const (
	dpkgInfoDir        = "/var/lib/dpkg/info"
	dpkgDiversionsFile = "/var/lib/dpkg/diversions"
	ucfHashFile        = "/var/lib/ucf/hashfile"
)

// localFolders are where files of the host alone are looked for.
var localFolders = [][]byte{[]byte("/etc/"), []byte("/usr/local/"), []byte("/opt/"), []byte("/root/"), []byte("/var/lib/vz/"), []byte("/usr/share/perl5/PVE/Storage/Custom/")}

// templates are files that packages copy once, when they are installed, and where they copy them from.
var templates = map[string]string{
	"/etc/nsswitch.conf":     "/usr/share/libc-bin/nsswitch.conf",
	"/etc/postfix/master.cf": "/usr/share/postfix/master.cf.dist",
	"/etc/profile":           "/usr/share/base-files/profile",
	"/etc/motd":              "/usr/share/base-files/motd",
}

// dpkgFiles is what packages have in the folders where local files are looked for.
type dpkgFiles struct {
	// conffiles are configuration files by path.
	conffiles map[string]formats.Conffile
	// delivered are checksums of configuration files that ucf keeps rather than dpkg.
	delivered map[string]string
	// owned are the paths of packages.
	owned map[string]bool
	// same remembers which configuration files were compared, and how that went.
	same map[string]comparison
	// statusError and listsError say why these are not known.
	statusError, listsError error
}

type comparison struct {
	unchanged bool
	err       error
}

// readDpkgFiles reads them. The files are not recorded as read: they say nothing of the host that is not in the facts made of them.
func readDpkgFiles(c *capture) *dpkgFiles {
	d := &dpkgFiles{owned: map[string]bool{}, delivered: map[string]string{}, same: map[string]comparison{}}
	status, err := c.host.ReadFile(dpkgStatusFile, maxFileSize)
	if err != nil {
		d.statusError = err
		status = &Content{}
	}
	d.conffiles = formats.Conffiles(status.Data)
	for name := range d.conffiles {
		d.owned[name] = true
	}
	d.listsError = d.readLists(c)
	if content, err := c.host.ReadFile(dpkgDiversionsFile, maxFileSize); err == nil {
		for from, to := range formats.Diversions(content.Data) {
			if d.owned[from] {
				d.owned[to] = true
			}
		}
	}
	if content, err := c.host.ReadFile(ucfHashFile, maxFileSize); err == nil {
		for line := range strings.Lines(string(content.Data)) {
			if sum, name, found := strings.Cut(strings.TrimSpace(line), " "); found {
				d.delivered[strings.TrimSpace(name)] = sum
			}
		}
	}
	return d
}

func (d *dpkgFiles) readLists(c *capture) error {
	entries, err := c.host.ReadDir(dpkgInfoDir)
	if err != nil {
		return err
	}
	lists := 0
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".list") {
			continue
		}
		content, err := c.host.ReadFile(dpkgInfoDir+"/"+entry.Name(), maxFileSize)
		if err != nil {
			return err
		}
		lists++
		formats.PackageFiles(content.Data, localFolders, d.owned)
	}
	if lists == 0 {
		return errNoLists
	}
	return nil
}

// errNoLists is the problem of a tree without dpkg's lists of files.
var errNoLists = errors.New("names the files of no package")

// unchanged says whether a configuration file is as its package brought it.
func (d *dpkgFiles) unchanged(c *capture, file string) (bool, error) {
	known, ok := d.same[file]
	if !ok {
		known.unchanged, known.err = d.compare(c, file)
		d.same[file] = known
	}
	return known.unchanged, known.err
}

func (d *dpkgFiles) compare(c *capture, file string) (bool, error) {
	if template, ok := templates[file]; ok {
		if same, err := sameContent(c, file, template); err == nil {
			return same, nil
		}
	}
	sum := d.delivered[file]
	if conffile, ok := d.conffiles[file]; ok {
		sum = conffile.MD5
	}
	if sum == "" {
		return false, nil
	}
	content, err := c.host.ReadFile(file, maxFileSize)
	if err != nil {
		return false, err
	}
	have := md5.Sum(content.Data)
	return hex.EncodeToString(have[:]) == sum, nil
}

// sameContent says whether two files are the same, byte for byte.
func sameContent(c *capture, file, other string) (bool, error) {
	a, err := c.host.ReadFile(file, maxFileSize)
	if err != nil {
		return false, err
	}
	b, err := c.host.ReadFile(other, maxFileSize)
	if err != nil {
		return false, err
	}
	return bytes.Equal(a.Data, b.Data), nil
}
