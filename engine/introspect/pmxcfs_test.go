package introspect

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// pmxcfsSchema is the table of pmxcfs.
const pmxcfsSchema = `CREATE TABLE tree (inode INTEGER PRIMARY KEY NOT NULL,
	parent INTEGER NOT NULL CHECK(typeof(parent)=='integer'), version INTEGER NOT NULL CHECK(typeof(version)=='integer'),
	writer INTEGER NOT NULL CHECK(typeof(writer)=='integer'), mtime INTEGER NOT NULL CHECK(typeof(mtime)=='integer'),
	type INTEGER NOT NULL CHECK(typeof(type)=='integer'), name TEXT NOT NULL, data BLOB)`

// pveDB is a database in the making.
type pveDB struct {
	testing.TB
	file  string
	db    *sql.DB
	inode int64
	dirs  map[string]int64
}

func newPVEDB(t testing.TB, statements ...string) *pveDB {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.db")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	d := &pveDB{TB: t, file: file, db: db, dirs: map[string]int64{".": 0}}
	if statements == nil {
		statements = []string{pmxcfsSchema}
	}
	for _, s := range statements {
		d.exec(s)
	}
	if statements[len(statements)-1] == pmxcfsSchema {
		d.row(0, 0, typeFile, "__version__", nil)
	}
	return d
}

func (d *pveDB) exec(query string, args ...any) {
	d.Helper()
	if _, err := d.db.Exec(query, args...); err != nil {
		d.Fatal(err)
	}
}

func (d *pveDB) row(inode, parent int64, kind int, name string, data any) {
	d.Helper()
	d.exec(`INSERT OR REPLACE INTO tree VALUES (?, ?, 7, 0, 1748736000, ?, ?, ?)`, inode, parent, kind, name, data)
}

// put stores a file and the directories above it.
func (d *pveDB) put(name, text string) {
	d.Helper()
	parent := d.dir(filepath.Dir(name))
	d.inode++
	d.row(d.inode, parent, typeFile, filepath.Base(name), []byte(text))
}

func (d *pveDB) dir(name string) int64 {
	d.Helper()
	if inode, ok := d.dirs[name]; ok {
		return inode
	}
	parent := d.dir(filepath.Dir(name))
	d.inode++
	d.dirs[name] = d.inode
	d.row(d.inode, parent, typeDirectory, filepath.Base(name), nil)
	return d.dirs[name]
}

// tree makes a host that has nothing of PVE but this database, log and journal included.
func (d *pveDB) tree(files map[string]string) string {
	d.Helper()
	if files == nil {
		files = map[string]string{}
	}
	if _, set := files["etc/hostname"]; !set {
		files["etc/hostname"] = "a\n"
	}
	for _, suffix := range []string{"", "-wal", "-journal"} {
		if data, err := os.ReadFile(d.file + suffix); err == nil {
			files["var/lib/pve-cluster/config.db"+suffix] = string(data)
		}
	}
	return writeTree(d, files)
}

func storageIDs(s *snapshot.Snapshot) string {
	var ids []string
	for _, section := range s.Storage.Storages {
		ids = append(ids, section.ID)
	}
	return strings.Join(ids, " ")
}

func digestOf(t testing.TB, root string) string {
	t.Helper()
	sum := sha256.New()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			fmt.Fprintln(sum, name)
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil && d.Type().IsRegular() {
			return err
		}
		fmt.Fprintln(sum, name, info.Mode(), info.ModTime(), len(data))
		sum.Write(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// moveIntoDatabase puts /etc/pve of a tree into a database and copies the rest.
func moveIntoDatabase(t testing.TB, from string) string {
	t.Helper()
	d := newPVEDB(t)
	d.exec("BEGIN")
	root := t.TempDir()
	err := filepath.WalkDir(from, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, _ := filepath.Rel(from, name)
		inside, private := strings.CutPrefix(relative, "etc/pve/")
		to := filepath.Join(root, relative)
		switch {
		case private && e.Type()&fs.ModeSymlink != 0:
			return nil // pmxcfs makes them
		case private && e.IsDir():
			d.dir(inside)
			return nil
		case e.IsDir():
			return os.MkdirAll(to, 0o755)
		case e.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(name)
			if err != nil {
				return err
			}
			return os.Symlink(target, to)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if private {
			d.put(inside, string(data))
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, info.Mode().Perm())
	})
	if err != nil {
		t.Fatal(err)
	}
	d.exec("COMMIT")
	if err := os.MkdirAll(filepath.Join(root, "var/lib/pve-cluster"), 0o755); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(d.file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, pveDatabase), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return root
}

// pveAreas are areas that /etc/pve alone tells of.
var pveAreas = []string{"storage.storages", "guests", "cluster", "access", "datacenter", "notifications", "metrics", "acme", "mappings", "network.sdn", "network.firewall"}

// damagedHost has no /etc/pve, for it was copied without pmxcfs, and a database that is none any more.
const damagedHost = "rescue"

func TestADamagedDatabaseTellsNothing(t *testing.T) {
	if _, err := os.Stat(filepath.Join(goldenDir, damagedHost, "raw", pveDir)); err == nil {
		t.Fatalf("%s has a copy of %s, which its database is to be compared with", damagedHost, pveDir)
	}
	s := captureGolden(t, damagedHost, nil)
	for _, name := range pveAreas {
		if a := areaOf(t, s, name); a.Status != statusUnknown || !strings.Contains(a.Detail, "config.db cannot be read") {
			t.Errorf("%+v", a)
		}
	}
}

// A host tells the same whether pmxcfs is mounted or only its database is there.
func TestDatabaseTellsWhatTheMountedFilesTell(t *testing.T) {
	for _, name := range goldenTrees {
		if name == damagedHost {
			continue // neither its mounted files nor their database are there, see TestADamagedDatabaseTellsNothing
		}
		t.Run(name, func(t *testing.T) {
			mounted := captureGolden(t, name, nil)
			golden := openGolden(t, name)
			root := moveIntoDatabase(t, filepath.Join(goldenDir, name, "raw"))
			before := digestOf(t, root)
			m, err := openMachine(root, "")
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			stored, err := Capture(context.Background(), Options{
				Host: goldenHost{machine: m, attributes: golden.attributes, commands: golden.commands}, Tool: "pve2nix golden", Clock: func() time.Time { return goldenTime },
			})
			if err != nil {
				t.Fatal(err)
			}
			if digestOf(t, root) != before {
				t.Error("the capture changed the tree")
			}
			if text := string(encode(t, stored)); strings.Contains(text, marker) {
				t.Error("a secret of the database is in the snapshot")
			}
			for _, want := range pveAreas {
				if a := areaOf(t, stored, want); a.Source != sourceDatabase || a.Status != areaOf(t, mounted, want).Status {
					t.Errorf("%+v", a)
				}
			}
			for i := range stored.Capture.Areas {
				if a := &stored.Capture.Areas[i]; a.Source == sourceDatabase {
					a.Source = sourceFile
				}
			}
			// The tree lies in a clone, whose files belong to whoever made it.
			own := func(s *snapshot.Snapshot) {
				// Every pmxcfs has this link, every copy may lack it.
				s.LocalFiles = slices.DeleteFunc(s.LocalFiles, func(f snapshot.LocalFile) bool { return f.Path == pveDir+"/openvz" })
				s.Files = slices.DeleteFunc(s.Files, func(f snapshot.File) bool { return f.Path == pveDatabase })
				for i := range s.Files {
					if _, inside := below(s.Files[i].Path); inside {
						s.Files[i].Mode, s.Files[i].UID, s.Files[i].GID = "", 0, 0
					}
				}
			}
			if !slices.ContainsFunc(stored.Files, func(f snapshot.File) bool { return f.Path == pveDatabase && f.SHA256 == "" }) {
				t.Error("the database is not among the files that were read, or with its digest")
			}
			own(mounted)
			own(stored)
			if d := cmp.Diff(mounted, stored, allFields); d != "" {
				t.Errorf("- mounted, + database\n%s", d)
			}
		})
	}
}

func TestFilesOfTheDatabaseLookAsPmxcfsShowsThem(t *testing.T) {
	d := newPVEDB(t)
	d.put("nodes/a/qemu-server/100.conf", "memory: 512\n")
	d.put("nodes/a/priv/x", "private")
	d.put("nodes/b/lxc/200.conf", "arch: amd64\n")
	d.put("priv/authkey.key", "private")
	d.put("ceph.conf", "[global]\nfsid = 1\n")
	d.dir("nodes/a/lxc")
	root := d.tree(map[string]string{"etc/ceph/ceph.conf": "-> /etc/pve/ceph.conf", "etc/hostname": "a.example.net\n", "root/.ssh/keys": "-> ../../etc/pve/priv/../local/qemu-server/100.conf",
		"etc/loop": "-> /etc/pve/../loop", "etc/plain": "plain"})
	m, err := openMachine(root, "")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	p, err := openPMXCFS(context.Background(), m)
	if err != nil || p == nil {
		t.Fatal(p, err)
	}
	defer p.Close()
	for name, want := range map[string]string{
		"/etc/pve/nodes/a/qemu-server/100.conf": "0640 0:33 memory: 512\n", "/etc/pve/local/qemu-server/100.conf": "0640 0:33 memory: 512\n",
		"/etc/pve/qemu-server/100.conf": "0640 0:33 memory: 512\n", "/etc/ceph/ceph.conf": "0640 0:33 [global]\nfsid = 1\n",
		"/root/.ssh/keys": "0640 0:33 memory: 512\n", "/etc/pve/priv/authkey.key": "0600 0:33 private", "/etc/pve/nodes/a/priv/x": "0600 0:33 private",
		"/etc/pve/../pve/./nodes/b/lxc/200.conf": "0640 0:33 arch: amd64\n",
	} {
		c, err := p.ReadFile(name, maxFileSize)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := fmt.Sprintf("%04o %d:%d %s", c.Mode, c.UID, c.GID, c.Data); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"/etc/pve/none", "/etc/pve/nodes/c/config", "/etc/pve/ceph.conf/x", "/etc/loop", "/etc/pve/nodes", "/etc/pve", "etc/pve/ceph.conf", "/etc/pve/__version__", "/etc/none"} {
		if c, err := p.ReadFile(name, maxFileSize); err == nil {
			t.Errorf("%s: %q", name, c.Data)
		}
	}
	if _, err := p.ReadFile("/etc/pve/ceph.conf", 3); err == nil {
		t.Error("a file over the limit is read")
	}
	if target, err := p.Readlink("/etc/pve/local"); target != "nodes/a" || err != nil {
		t.Error(target, err)
	}
	if _, err := p.Readlink("/etc/pve/ceph.conf"); err == nil {
		t.Error("a file is a link")
	}
	if resolved, err := p.Resolve("/etc/pve/lxc"); resolved != "/etc/pve/nodes/a/lxc" || err != nil {
		t.Error(resolved, err)
	}
	if _, err := p.Stat("/etc/pve/openvz"); err == nil {
		t.Error("a link that dangles leads somewhere")
	}
	if info, err := p.Lstat("/etc/pve/openvz"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error(info, err)
	}
	entries, err := p.ReadDir("/etc/pve")
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != "ceph.conf local lxc nodes openvz priv qemu-server" || err != nil {
		t.Error(got, err)
	}
	if _, err := p.ReadDir("/etc/pve/ceph.conf"); err == nil {
		t.Error("a file is a directory")
	}
	if info, err := p.Stat("/etc/pve/priv"); err != nil || info.Mode() != fs.ModeDir|privateDirMode {
		t.Error(info, err)
	}
}

// A file that is not in the database is not there; a directory with files in it is not looked behind.
func TestDatabaseIsReadOnlyWhereNothingIsMounted(t *testing.T) {
	d := newPVEDB(t)
	d.put("storage.cfg", "dir: kept\n\tpath /kept\n")
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"no /etc/pve":     {map[string]string{}, "local kept"},
		"empty /etc/pve":  {map[string]string{"etc/pve/": ""}, "local kept"},
		"mounted":         {map[string]string{"etc/pve/nodes/a/config": "", "etc/pve/authkey.pub": ""}, "local"},
		"only a database": {map[string]string{"etc/hostname": ""}, "local kept"},
	} {
		t.Run(name, func(t *testing.T) {
			_, empty := c.files["etc/pve/"]
			delete(c.files, "etc/pve/")
			root := d.tree(c.files)
			if empty {
				if err := os.MkdirAll(filepath.Join(root, "etc/pve"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			s := captureTree(t, root)
			if got := storageIDs(s); got != c.want {
				t.Errorf("storages %s, want %s", got, c.want)
			}
			assertProblemsExplainAreas(t, s)
		})
	}
}

// walDB makes a database whose last transactions are in its log alone.
func walDB(t testing.TB) *pveDB {
	t.Helper()
	d := newPVEDB(t, "PRAGMA journal_mode=WAL", pmxcfsSchema)
	d.put("nodes/a/config", "")
	d.exec("PRAGMA wal_checkpoint(TRUNCATE)")
	d.exec("PRAGMA wal_autocheckpoint=0")
	d.put("storage.cfg", "dir: first\n\tpath /first\n")
	d.exec("UPDATE tree SET data = ? WHERE name = 'storage.cfg'", []byte("dir: second\n\tpath /second\n"))
	for i := range 40 { // several frames a commit, so that the database grows
		d.put(fmt.Sprintf("firewall/%d.fw", 100+i), strings.Repeat("# filler\n", 500))
	}
	return d
}

func TestWhatIsOnlyInTheLogIsThere(t *testing.T) {
	d := walDB(t)
	root := d.tree(nil)
	if _, err := os.Stat(filepath.Join(root, pveDatabase+"-wal")); err != nil {
		t.Fatal(err)
	}
	before := digestOf(t, root)
	s := captureTree(t, root)
	if got := storageIDs(s); got != "local second" {
		t.Errorf("storages %s", got)
	}
	if len(s.Network.Firewall) != 40 {
		t.Errorf("%d firewall files", len(s.Network.Firewall))
	}
	if a := areaOf(t, s, "guests"); a.Status != statusKnown || a.Source != sourceDatabase {
		t.Errorf("%+v", a)
	}
	if digestOf(t, root) != before {
		t.Error("the capture changed the tree")
	}
}

func TestATornLogEndsAtItsLastCommit(t *testing.T) {
	d := walDB(t)
	root := d.tree(nil)
	wal := filepath.Join(root, pveDatabase+"-wal")
	whole, err := os.ReadFile(wal)
	if err != nil {
		t.Fatal(err)
	}
	const walHeader, walFrame = 32, 24 // https://www.sqlite.org/fileformat2.html#walformat
	size := walFrame + int(binary.BigEndian.Uint32(whole[8:]))
	for name, c := range map[string]struct {
		log  func() []byte
		want string
	}{
		"no log":               {func() []byte { return nil }, "local"},
		"half a header":        {func() []byte { return whole[:20] }, "local"},
		"header alone":         {func() []byte { return whole[:walHeader] }, "local"},
		"half the last frame":  {func() []byte { return whole[:len(whole)-size/2] }, "local second"},
		"first frame torn":     {func() []byte { return whole[:walHeader+size/2] }, "local"},
		"a header of nonsense": {func() []byte { return bytes.Repeat([]byte{0xff}, len(whole)) }, "local"},
		"a broken header":      {func() []byte { b := bytes.Clone(whole); b[24] ^= 1; return b }, "local"},
		"other salts":          {func() []byte { b := bytes.Clone(whole); b[walHeader+8] ^= 1; return b }, "local"},
		"a broken page":        {func() []byte { b := bytes.Clone(whole); b[walHeader+walFrame+99] ^= 1; return b }, "local"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(wal, c.log(), 0o600); err != nil {
				t.Fatal(err)
			}
			s := captureTree(t, root)
			if got := storageIDs(s); got != c.want {
				t.Errorf("storages %s, want %s", got, c.want)
			}
		})
	}
}

func TestAnUnfinishedTransactionIsSaid(t *testing.T) {
	d := newPVEDB(t)
	d.put("storage.cfg", "dir: kept\n\tpath /kept\n")
	if err := os.WriteFile(d.file+"-journal", append([]byte{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}, make([]byte, 600)...), 0o600); err != nil {
		t.Fatal(err)
	}
	s := captureTree(t, d.tree(nil))
	if a := areaOf(t, s, "storage.storages"); a.Status != statusPartial || !strings.Contains(a.Detail, "rollback journal") {
		t.Errorf("%+v", a)
	}
	if got := storageIDs(s); got != "local kept" {
		t.Errorf("storages %s", got)
	}
	assertProblemsExplainAreas(t, s)

	// A journal whose header was cleared is what is left of a transaction that ended.
	if err := os.WriteFile(d.file+"-journal", make([]byte, 600), 0o600); err != nil {
		t.Fatal(err)
	}
	if a := areaOf(t, captureTree(t, d.tree(nil)), "storage.storages"); a.Status != statusKnown {
		t.Errorf("%+v", a)
	}
}

func TestDatabasesThatAreNoneArePlainlyUnknown(t *testing.T) {
	whole := newPVEDB(t)
	for i := range 50 {
		whole.put(fmt.Sprintf("nodes/a/qemu-server/%d.conf", 100+i), strings.Repeat("memory: 512\n", 900))
	}
	data, err := os.ReadFile(whole.file)
	if err != nil {
		t.Fatal(err)
	}
	schema := func(statements ...string) []byte {
		data, err := os.ReadFile(newPVEDB(t, statements...).file)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for name, data := range map[string][]byte{
		"empty":              {},
		"no database":        []byte(strings.Repeat("text\n", 100)),
		"header alone":       data[:100],
		"first page alone":   data[:4096],
		"zeros":              append(bytes.Clone(data[:100]), make([]byte, len(data)-100)...),
		"no table":           schema("CREATE TABLE other (x)"),
		"another table":      schema("CREATE TABLE tree (inode INTEGER PRIMARY KEY, name TEXT, data BLOB)"),
		"no key":             schema("CREATE TABLE tree (inode INTEGER, parent, version, writer, mtime, type, name, data)"),
		"a computed column":  schema("CREATE TABLE tree (inode INTEGER PRIMARY KEY, parent, version, writer, mtime, type, name AS ('x'), data)"),
		"a view that counts": schema("CREATE VIEW tree AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT x AS inode, 0 AS parent, 0 AS version, 0 AS writer, 0 AS mtime, 8 AS type, 'x' || x AS name, 'y' AS data FROM c"),
	} {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			s := captureTree(t, writeTree(t, map[string]string{"etc/passwd": "", "var/lib/pve-cluster/config.db": string(data)}))
			for _, area := range []string{"guests", "access", "storage.storages", "cluster", "jobs", "acme", "mappings", "network.firewall"} {
				if a := areaOf(t, s, area); a.Status != statusUnknown || !strings.Contains(a.Detail, "config.db cannot be read") {
					t.Errorf("%+v", a)
				}
			}
			assertProblemsExplainAreas(t, s)
			if time.Since(started) > 10*time.Second {
				t.Error("took long")
			}
		})
	}
}

// What was cut off is missing from its files alone: the others are read, and nothing is taken for empty.
func TestATruncatedDatabaseLosesWhatWasCutOff(t *testing.T) {
	d := newPVEDB(t)
	d.put("storage.cfg", "dir: kept\n\tpath /kept\n")
	for i := range 30 {
		d.put(fmt.Sprintf("nodes/a/qemu-server/%d.conf", 100+i), strings.Repeat("#filler\n", 3000)+"memory: 512\n")
	}
	root := d.tree(nil)
	if err := os.Truncate(filepath.Join(root, pveDatabase), 4096*50); err != nil {
		t.Fatal(err)
	}
	s := captureTree(t, root)
	a := areaOf(t, s, "guests")
	if a.Status == statusKnown || a.Detail == "" {
		t.Errorf("%+v", a)
	}
	assertProblemsExplainAreas(t, s)
}

func TestHostileEntriesAreLeftOutAndCounted(t *testing.T) {
	d := newPVEDB(t)
	d.put("storage.cfg", "dir: kept\n\tpath /kept\n")
	d.row(100, 101, typeDirectory, "cycle", nil)
	d.row(101, 100, typeDirectory, "cycle", nil)
	d.row(102, 102, typeDirectory, "self", nil)
	d.row(103, 999, typeFile, "orphan", []byte("x"))
	d.row(104, 0, typeFile, "..", []byte("x"))
	d.row(105, 0, typeFile, "a/b", []byte("x"))
	d.row(106, 0, typeFile, "", []byte("x"))
	d.row(107, 0, typeFile, "storage.cfg", []byte("dir: twin\n\tpath /twin\n"))
	d.row(108, 1, typeFile, "below-a-file", []byte("x"))
	d.row(109, 0, 10, "a link", []byte("x"))
	d.row(110, 0, typeFile, strings.Repeat("n", 5000), []byte("x"))
	d.row(111, 0, typeFile, "user.cfg", make([]byte, maxPVEFileSize+1))
	d.row(112, 0, typeFile, "nul\x00", []byte("x"))
	s := captureTree(t, d.tree(nil))
	if got := storageIDs(s); got != "local kept" {
		t.Errorf("storages %s", got)
	}
	if a := areaOf(t, s, "storage.storages"); a.Status != statusPartial || !strings.Contains(a.Detail, "12 entries") {
		t.Errorf("%+v", a)
	}
	if a := areaOf(t, s, "access"); a.Status == statusKnown {
		t.Errorf("%+v: a file larger than pmxcfs takes", a)
	}
	assertProblemsExplainAreas(t, s)
}

func TestDeepDirectoriesCostNoMore(t *testing.T) {
	var rows []row
	for i := range int64(100_000) {
		rows = append(rows, row{&pveEntry{name: "d", inode: i + 1, dir: true}, i})
	}
	started := time.Now()
	if _, left := plant(rows); left != 0 {
		t.Errorf("%d left", left)
	}
	if time.Since(started) > 5*time.Second {
		t.Error("took long")
	}
}

func FuzzDatabase(f *testing.F) {
	d := newPVEDB(f)
	d.put("nodes/a/config", "")
	d.put("storage.cfg", "dir: kept\n\tpath /kept\n")
	data, err := os.ReadFile(d.file)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(0, byte(1), len(data))
	f.Add(100, byte(0xff), len(data))
	f.Add(4096, byte(3), len(data)-1000)
	f.Fuzz(func(t *testing.T, place int, bits byte, length int) {
		image := bytes.Clone(data)
		if place >= 0 && place < len(image) {
			image[place] ^= bits
		}
		if length >= 0 && length < len(image) {
			image = image[:length]
		}
		s := captureTree(t, writeTree(t, map[string]string{"etc/hostname": "a\n", "var/lib/pve-cluster/config.db": string(image)}))
		assertProblemsExplainAreas(t, s)
		if _, err := json.Marshal(s); err != nil {
			t.Error(err)
		}
	})
}
