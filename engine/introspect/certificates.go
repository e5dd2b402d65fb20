package introspect

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	// localAuthorities is where an administrator puts authorities that the host shall trust beside Debian's.
	localAuthorities = "/usr/local/share/ca-certificates"
	// maxAuthorityDepth bounds how deep folders of authorities are followed.
	maxAuthorityDepth = 4
)

// collectCertificates reads the certificates that the host presents, and those that it trusts of its own. The keys beside
// them are not read.
func collectCertificates(c *capture) {
	a := c.area("certificates", sourceFile)
	files := []string{pveDir + "/pve-root-ca.pem"}
	for _, node := range a.directory(pveDir + "/nodes") {
		files = append(files, path.Join(pveDir, "nodes", node, "pve-ssl.pem"), path.Join(pveDir, "nodes", node, "pveproxy-ssl.pem"))
	}
	files = append(files, a.authorities(localAuthorities, maxAuthorityDepth)...)
	files = append(files,
		"/etc/corosync/qdevice/net/nssdb/qnetd-cacert.crt", // what signed the server of the quorum device
		"/etc/proxmox-backup/proxy.pem",                    // of a backup server on the same host
	)
	for _, file := range files {
		data, ok := a.may(file)
		if !ok {
			continue
		}
		certificate, private, err := formats.Certificate(file, data)
		if private {
			c.withoutDigest(file)
		}
		if err != nil {
			a.problem(file, err)
			continue
		}
		c.out.Certificates = append(c.out.Certificates, certificate)
	}
	slices.SortFunc(c.out.Certificates, func(a, b snapshot.Certificate) int { return cmp.Compare(a.Path, b.Path) })
	switch {
	case c.pveWhole():
	case len(c.out.Certificates) == 0:
		a.unknown(pveDir, c.whyAbsent(pveDir+"/"))
	default:
		a.problem(pveDir, c.whyAbsent(pveDir+"/"))
	}
}

// authorities are the certificates that update-ca-certificates takes from a folder and those in it.
func (a *area) authorities(dir string, depth int) []string {
	var files []string
	for _, name := range a.directory(dir) {
		file := path.Join(dir, name)
		if strings.HasSuffix(name, ".crt") {
			files = append(files, file)
			continue
		}
		if info, err := a.capture.host.Lstat(file); err == nil && info.IsDir() && depth > 1 {
			files = append(files, a.authorities(file, depth-1)...)
		}
	}
	return files
}

// withoutDigest forgets the digest of a file that turned out to hold more than its facts.
func (c *capture) withoutDigest(name string) {
	if file, read := c.files[name]; read {
		file.SHA256 = ""
		c.files[name] = file
	}
}
