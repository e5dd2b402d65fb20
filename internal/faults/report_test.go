package faults

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the report")

// The report in the repository is what the results beside this test say.
func TestReportIsThatOfTheResults(t *testing.T) {
	files, err := filepath.Glob("testdata/results/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no results: %v", err)
	}
	var all []*Results
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		r, err := ReadResults(data)
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		if i := slices.IndexFunc(all, func(o *Results) bool { return o.Harness == r.Harness }); i >= 0 {
			all[i].Join(r) // another run of the same tests, of other parts of them
			continue
		}
		all = append(all, r)
	}
	const file = "../../reports/reference/PROXMOX-CONVERSION-TEST-REPORT.md"
	text := Report(all)
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(text, string(want)); d != "" {
		t.Errorf("run go test ./internal/faults -update\n%s", d)
	}
	for _, r := range all {
		if injected, back := r.Injected(); injected != back {
			t.Errorf("%s: of %d faults %d were rolled back", r.Harness, injected, back)
		}
	}
}

// What failed is in the report, and cannot be taken for a success.
func TestReportSaysWhatFailed(t *testing.T) {
	r := &Results{
		Harness: "folders", Standins: "None.", NotTested: []string{"Everything else."},
		Scenarios: []Scenario{{"panic", "zfs", "grub-bios", false, "it | looped\nfor ever"}, {"panic", "lvm", "grub-bios", true, ""}},
		Times:     []Time{{"fallback", "zfs", "grub-bios", 12.34}, {"rollback", "zfs", "grub-bios", 3}, {"rollback", "zfs", "grub-bios", 2}},
	}
	for range 3 {
		r.Add("zfs", "grub-bios", "stage-boot", Kill, true)
	}
	r.Add("zfs", "grub-bios", "stage-boot", Kill, false)
	text := Report([]*Results{r})
	for _, want := range []string{
		"| folders | 2 | 1 | 1 | 4 | 3 | 75 % |", `| panic | zfs | grub-bios | failed: it \| looped for ever |`, "| kill | 4, **3 rolled back** | 4, **3 rolled back** | 3 |",
		"| stage-boot | 4, **3 rolled back** |", "| fallback | zfs | grub-bios | 1 | 12.3 |", "| rollback | zfs | grub-bios | 2 | 2.0–3.0 |", "- Everything else.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// Results are read as they were written; what counts more successes than faults is refused.
func TestResultsAreReadBack(t *testing.T) {
	var r Results
	r.Harness, r.Seed = "folders", 7
	r.Add("zfs", "grub-bios", "reboot", Kill, true)
	r.Add("btrfs", "grub-bios", "reboot", Kill, true)
	file := filepath.Join(t.TempDir(), "results.json")
	if err := r.Write(file); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadResults(data)
	if err != nil || got.Faults[0].Layout != "btrfs" || cmp.Diff(&r, got) != "" {
		t.Errorf("%v %s", err, cmp.Diff(&r, got))
	}
	for _, text := range []string{
		"", "{}", string(data) + "{}", strings.Replace(string(data), `"rolled_back": 1`, `"rolled_back": 2`, 1), strings.Replace(string(data), `"injected"`, `"injectd"`, 1),
	} {
		if _, err := ReadResults([]byte(text)); err == nil {
			t.Errorf("%.30q was read", text)
		}
	}
}

// A case is read back from its name, as a failure prints it.
func TestCasesAreReadBack(t *testing.T) {
	for _, c := range []Case{
		{"zfs", "grub-bios", InApply, Fault{3, Kill, Before}, Fault{}},
		{"lvm-thin", "systemd-boot", InRollback, Fault{3, IOError, Inside}, Fault{12, PowerCutLate, After}},
	} {
		if got, err := ParseCase(c.String()); err != nil || got != c {
			t.Errorf("%s: %+v %v", c, got, err)
		}
	}
	for _, s := range []string{"", "zfs", "zfs/grub-bios/apply/kill@before@x/-", "ext4/grub-bios/apply/-/-", "zfs/grub-bios/apply/kill@never@1/-", "zfs/grub-bios/apply/hunger@before@1/-"} {
		if c, err := ParseCase(s); err == nil {
			t.Errorf("%q is %+v", s, c)
		}
	}
}
