package evaluate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/documents"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

var libvirtKnowledge = sync.OnceValues(func() (*evaluate.Engine, error) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		return nil, err
	}
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		return nil, err
	}
	const target, release = "libvirt", "24.11"
	p, err := policy.Compile(context.Background(), modules, policy.Options{Data: c.Data(target, release), Schema: schemas.Snapshot, Lock: rules.Lock})
	if err != nil {
		return nil, err
	}
	return &evaluate.Engine{Policy: p, Catalog: c, Target: target, Release: release}, nil
})

// onLibvirt evaluates a snapshot for libvirt.
func onLibvirt(t testing.TB, tree map[string]any) *evaluate.Host {
	t.Helper()
	e, err := libvirtKnowledge()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := snapshot.Read(bytes.NewReader(text), "snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	h, err := e.Evaluate(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// libvirtSchemas are the schemas of libvirt by kind of documents, as virt-xml-validate finds them; CI has them.
var libvirtSchemas = map[string]string{"domains": "domain.rng", "networks": "network.rng", "pools": "storagepool.rng", "keys": "secret.rng"}

// definitionsOf writes the documents of a host for libvirt below a folder, and says where, by kind.
func definitionsOf(t testing.TB, h *evaluate.Host, dir string, into map[string][]string) {
	t.Helper()
	for _, d := range h.Documents {
		if libvirtSchemas[d.Kind] == "" {
			continue
		}
		kind, _ := documents.Find(d.Kind)
		text, err := kind.Render(d.Name, d.Tree())
		if err != nil {
			t.Errorf("%s: %s: %v", dir, d.File, err)
			continue
		}
		file := filepath.Join(dir, d.File)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
		into[d.Kind] = append(into[d.Kind], file)
	}
}

// refused is what libvirt's schema of a kind says against files; one process reads all of them.
func refused(t testing.TB, kind string, files []string) string {
	t.Helper()
	validator, err := exec.LookPath("virt-xml-validate")
	if err == nil {
		_, err = exec.LookPath("xmllint")
	}
	if err != nil {
		testhosts.Lacking(t, err)
	}
	schema := filepath.Join(filepath.Dir(validator), "../share/libvirt/schemas", libvirtSchemas[kind])
	out, err := exec.CommandContext(t.Context(), "xmllint", append([]string{"--noout", "--relaxng", schema}, files...)...).CombinedOutput()
	if err == nil {
		return ""
	}
	said := slices.DeleteFunc(strings.Split(string(out), "\n"), func(line string) bool { return strings.HasSuffix(line, " validates") })
	return strings.Join(said[:min(len(said), 30)], "\n")
}

func TestDefinitionsFitTheSchemasOfLibvirt(t *testing.T) {
	dir := t.TempDir()
	files := map[string][]string{}
	for name, tree := range lookedAt(t) {
		definitionsOf(t, onLibvirt(t, tree), filepath.Join(dir, name), files)
	}
	if !testhosts.Few() && (len(files["domains"]) < 70 || len(files["pools"]) < 20 || len(files["keys"]) == 0) {
		t.Errorf("%d domains, %d pools, %d keys", len(files["domains"]), len(files["pools"]), len(files["keys"]))
	}
	for kind, list := range files {
		if said := refused(t, kind, list); said != "" {
			t.Errorf("%s:\n%s", kind, said)
		}
	}
	broken := filepath.Join(dir, "broken.xml")
	text, err := os.ReadFile(files["domains"][0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(broken, bytes.Replace(text, []byte("<vcpu"), []byte("<cpus/><vcpu"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if refused(t, "domains", []string{broken}) == "" {
		t.Error("an element that no domain has is taken")
	}
}

// Whatever a configuration says, it stays text in the definition, scripts name what fits their patterns, and libvirt can read all of it.
func TestHostileGuestsAreTextToLibvirt(t *testing.T) {
	hostile := []string{
		"${builtins.abort \"x\"}", "''${x}", "$(reboot)", "`reboot`", "a; reboot #", "../../etc/shadow", "/dev/../etc/shadow", "local:../../../etc/shadow",
		"x\"/><evil/>", "]]></name>", "<!--", "&x;", "\u2028", "", " ", "0", "-1", "999999999999999999999", "1e400", "0x1f", "1.5", "true", "none", "a,b=c", "100000000000-5", "\x01", "\ufffe",
	}
	line := regexp.MustCompile(`^(start [A-Za-z0-9.-]+ [0-9]+|together( [A-Za-z0-9.-]+:[0-9]+)+|lvchange --activate y --ignoreactivationskip (/[A-Za-z0-9_.+-]+){3}( \|\| true)?|virsh pool-autostart [A-Za-z0-9_.-]+|virsh pool-list --name \| grep --quiet --line-regexp --fixed-strings [A-Za-z0-9_.-]+ \|\| virsh pool-start [A-Za-z0-9_.-]+|` +
		`variables=/var/lib/libvirt/qemu/nvram/pve-[0-9]+_VARS\.fd|state=/var/lib/libvirt/swtpm/[0-9a-f-]{36}/tpm(2|1\.2)|defined=/var/lib/libvirt/pve/[0-9]+|domain=[0-9a-f-]{36}|sleep [0-9]+|file=tpm2?-00\.permall|` +
		`test -e '([A-Za-z0-9_.,:@+=/ -]+)' \|\| udevadm settle --timeout=30 --exit-if-exists='[A-Za-z0-9_.,:@+=/ -]+'|` +
		`  qemu-img convert -f (raw|qcow2|vmdk) -O raw '/[A-Za-z0-9_.,:@+=/ -]+' "\$(variables\.new|state\.new/volume)"|` +
		`if ! test -e "(\$variables|\$state/\$file)" \|\| \{ cmp -s "[$a-z/]+" "[$a-z/]+\.fetched" && test -e '/[A-Za-z0-9_.,:@+=/ -]+'; \}; then|` +
		`  \*\) echo "/[A-Za-z0-9_.,:@+=/ -]+ holds no TPM" >&2; exit 1 ;;|` +
		`sed -n '/\^\\\[client\\\.[A-Za-z0-9_.-]+\\\]/,/\^\\\[/s/\^\[\[:space:\]\]\*key\[\[:space:\]\]\*=\[\[:space:\]\]\*//p' /var/lib/pve2nix/etc/pve/priv/ceph/[A-Za-z0-9_.-]+\.keyring \||` +
		`  virsh secret-set-value [0-9a-f-]{36} --file /dev/stdin|` +
		`fetch [A-Za-z0-9_./+-]+ /run/pve-volumes/[0-9]+-(efidisk0|tpmstate0) --id [A-Za-z0-9_.-]+ --keyring /var/lib/pve2nix/etc/pve/priv/ceph/[A-Za-z0-9_.-]+\.keyring (-m [A-Za-z0-9.:,\[\]-]+|--conf /var/lib/pve2nix/etc/pve/ceph\.conf)|` +
		`  aim [A-Za-z0-9.-]+ [0-9]+ [0-9]+|  step=\$\(\(\(available - total / 5\) / [0-9]+\)\)|` +
		`rm -f( /run/pve-volumes/[0-9]+-(efidisk0|tpmstate0))+|` +
		regexp.QuoteMeta(`  text=$(sed '/^\[/,$d' `) + `/var/lib/pve2nix/etc/pve/nodes/[A-Za-z0-9-]+/qemu-server/[0-9]+\.conf` +
		regexp.QuoteMeta(` | sed -n -e 's/\\/\\\\/g' -e 's/%\([0-9A-Fa-f][0-9A-Fa-f]\)/\\x\1/g' -e 's/^#//p') || true`) + `)$`)
	fixed := map[string]bool{}
	for text := range strings.Lines(fixedLines) {
		fixed[strings.TrimSuffix(text, "\n")] = true
	}
	trees := goldens(t)
	dir := t.TempDir()
	files := map[string][]string{}
	lines := 0
	for _, name := range append(withGuests(), "with-ceph") {
		for round := 0; round < len(hostile); round += 4 {
			n := round
			next := func() string { n++; return hostile[n%len(hostile)] }
			tree := copied(t, trees[name])
			for _, g := range tree["guests"].([]any) {
				poison(g.(map[string]any)["config"].([]any), next)
			}
			for _, list := range []any{tree["storage"].(map[string]any)["storages"], tree["mappings"]} {
				for _, s := range list.([]any) {
					poison(s.(map[string]any)["properties"].([]any), next)
				}
			}
			h := onLibvirt(t, tree)
			definitionsOf(t, h, filepath.Join(dir, name, fmt.Sprint(round)), files)
			for _, leaf := range h.Options {
				option := strings.Join(leaf.Option, ".")
				script, isText := leaf.Value.(string)
				if !isText || !strings.HasPrefix(option, "systemd.services.libvirt-") || !slices.Contains([]string{"script", "preStop"}, leaf.Option[len(leaf.Option)-1]) {
					continue
				}
				if !slices.ContainsFunc(leaf.By, func(by string) bool { return strings.HasPrefix(by, "libvirt/") }) {
					continue
				}
				for text := range strings.Lines(script) {
					text = strings.TrimSuffix(text, "\n")
					lines++
					if !line.MatchString(text) && !fixed[text] {
						t.Errorf("%s: %s: %q", name, option, text)
					}
				}
			}
		}
	}
	if want := 34 * len(withGuests()); lines < want || len(files["domains"]) < want {
		t.Errorf("%d lines of scripts, %d domains", lines, len(files["domains"]))
	}
	for kind, list := range files {
		if said := refused(t, kind, list); said != "" {
			t.Errorf("%s:\n%s", kind, said)
		}
	}
}

// fixedLines are the lines of scripts that no fact gets into.
const fixedLines = `
    /etc/libvirt-hooks/pve "${guest%:*}" pre-stop </dev/null || true
udevadm settle --timeout=60 || true
failed=0
start() { # name, seconds until the next one
  test "$(virsh domstate "$1")" = running || virsh start "$1" || failed=1
  sleep "$2"
}
aim() { # domain, least, most
  test "$(virsh domstate "$1")" = running || return 0
  now=$(virsh dommemstat "$1" | sed -n 's/^actual //p')
  test -n "$now" || return 0
  to=$((now + step))
  if test "$to" -lt "$2"; then to=$2; fi
  if test "$to" -gt "$3"; then to=$3; fi
  test "$to" = "$now" || virsh setmem "$1" "$to" --live || true
while sleep 10; do
  total=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)
  available=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo)
  test "${step#-}" -gt 10240 || continue
  if test "$step" -gt 102400; then step=102400; fi
  if test "$step" -lt -102400; then step=-102400; fi
done
fetch() { # image, place, how Ceph is reached
  mkdir -p -m 0700 "$(dirname "$2")"
  rm -f "$2"
  timeout 120 rbd "${@:3}" export --no-progress "$1" "$2" || rm -f "$2"
notes() {
  notes
  test -z "$text" || virsh desc "$domain" --config --new-desc="$(printf '%b' "$text")" || true
exit "$failed"
virsh pool-define "$DEFINITION"
virsh secret-define "$DEFINITION"
fi
  mkdir -p "$(dirname "$variables")"
  truncate --size 540672 "$variables.new"
  if ! cmp -s "$variables.new" "$variables"; then
    cp "$variables.new" "$variables.fetched"
    mv "$variables.new" "$variables"
  fi
  mkdir -p "$(dirname "$state")"
  rm -rf "$state.new"
  mkdir -m 0700 "$state.new"
  case "$(head -c 8 "$state.new/volume" | tr -d '\0')" in
  nilmptws)
    read -r place length < <(od -A n -t u4 -j 12 -N 8 "$state.new/volume")
    (umask 077; tail -c "+$((place + 1))" "$state.new/volume" | head -c "$length" >"$state.new/$file")
    test "$(stat -c %s "$state.new/$file")" = "$length"
    if ! cmp -s "$state.new/$file" "$state/$file"; then
      mkdir -p -m 0700 "$state"
      cp -p "$state.new/$file" "$state/$file.fetched"
      mv "$state.new/$file" "$state/$file"
    fi
    ;;
  "") ;;
  esac
  rm -r "$state.new"
if ! virsh domname "$domain" >/dev/null 2>&1; then
  virsh define "$DEFINITION"
elif test "$(cat "$defined" 2>/dev/null || true)" != "$DEFINITION"; then
  (umask 077; virsh dumpxml --inactive --security-info "$domain" >"$defined.before.xml")
mkdir -p "$(dirname "$defined")"
echo "$DEFINITION" >"$defined"
together() { # name:seconds of guests that have the same place
  waiting=()
  for guest; do
    test "$(virsh domstate "${guest%:*}")" = running || continue
    virsh shutdown "${guest%:*}" || true
    waiting+=("$guest")
  done
  begin=$SECONDS
  while test "${#waiting[@]}" -gt 0; do
    sleep 1
    left=()
    for guest in "${waiting[@]}"; do
      if test "$(virsh domstate "${guest%:*}")" != running; then
        continue
      elif test "$((SECONDS - begin))" -ge "${guest##*:}"; then
        virsh destroy "${guest%:*}" || true
      else
        left+=("$guest")
      fi
    done
    waiting=("${left[@]}")
`

// A key that the ledger calls translated is in the definition of its guest: what the catalog says in general is not enough.
func TestEveryKeyOfAGuestIsInItsDomainOrHasAReason(t *testing.T) {
	key := regexp.MustCompile(`^/guests/(\d+)/config/(\d+)$`)
	for name, tree := range lookedAt(t) {
		h := onLibvirt(t, tree)
		if n := h.Ledger.Count(evaluate.Unaccounted); n > 0 {
			t.Errorf("%s: %d facts unaccounted", name, n)
		}
		guests := tree["guests"].([]any)
		for _, a := range h.Ledger.Facts {
			m := key.FindStringSubmatch(a.Pointer)
			if m == nil || a.Status != evaluate.Translated {
				continue
			}
			guest := guests[index(t, m[1])].(map[string]any)
			if guest["local"] != true || guest["type"] != "qemu" {
				continue
			}
			property := guest["config"].([]any)[index(t, m[2])].(map[string]any)
			if slices.ContainsFunc(a.By, func(by string) bool { return strings.HasPrefix(by, "catalog/") }) {
				t.Errorf("%s: %v %v=%v: translated by %s alone", name, guest["vmid"], property["key"], property["value"], strings.Join(a.By, ", "))
			}
		}
	}
}
