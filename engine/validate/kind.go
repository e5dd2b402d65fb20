package validate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// assertion is what a kind of check looks at.
type assertion interface {
	// subject is what the check is about, in a word.
	subject() string
	// check says what is wrong with the params.
	check() error
	// expected is what has to be, for people.
	expected() string
	// look holds it against the host.
	look(s *seen) outcome
}

// probe is an assertion that no capture can answer.
type probe interface {
	assertion
	// ask asks the running host; it ends with ctx.
	ask(ctx context.Context, s *seen) outcome
}

// outcome is what an assertion found.
type outcome struct {
	status, found, reason string
	settling              bool
}

func passed(found string) outcome { return outcome{status: Passed, found: found} }
func failed(found string) outcome { return outcome{status: Failed, found: found} }
func skipped(reason string) outcome {
	return outcome{status: Skipped, reason: reason}
}

// when is passed where holds is true, and else failed.
func when(holds bool, found string) outcome {
	if holds {
		return passed(found)
	}
	return failed(found)
}

// settles marks what failed as something that may come to pass by itself on a host that has just started.
func (o outcome) settles(may bool) outcome {
	o.settling = may
	return o
}

// kinds are all kinds of checks. A rule names them in the field "check" of its set "checks".
var kinds = map[string]func() assertion{
	"host-name":          func() assertion { return &hostName{} },
	"host-id":            func() assertion { return &hostID{} },
	"machine-id":         func() assertion { return &machineID{} },
	"unit-active":        func() assertion { return &unitActive{} },
	"no-failed-units":    func() assertion { return &noFailedUnits{} },
	"socket":             func() assertion { return &socket{} },
	"port-listening":     func() assertion { return &portListening{} },
	"link":               func() assertion { return &link{} },
	"address":            func() assertion { return &address{} },
	"dynamic-address":    func() assertion { return &dynamicAddress{} },
	"bridge":             func() assertion { return &bridge{} },
	"bond":               func() assertion { return &bond{} },
	"vlan":               func() assertion { return &vlan{} },
	"port-vlans":         func() assertion { return &portVLANs{} },
	"route":              func() assertion { return &route{} },
	"gateway-reachable":  func() assertion { return &gatewayReachable{} },
	"mount":              func() assertion { return &mount{} },
	"swap":               func() assertion { return &swap{} },
	"pool":               func() assertion { return &pool{} },
	"volume-group":       func() assertion { return &volumeGroup{} },
	"array":              func() assertion { return &array{} },
	"iscsi-session":      func() assertion { return &iscsiSession{} },
	"user":               func() assertion { return &user{} },
	"group":              func() assertion { return &group{} },
	"authorized-key":     func() assertion { return &authorizedKey{} },
	"clock-synchronized": func() assertion { return &clockSynchronized{} },
	"time-zone":          func() assertion { return &timeZone{} },
	"guest-present":      func() assertion { return &guestPresent{} },
	"guest-running":      func() assertion { return &guestRunning{} },
	"quorate":            func() assertion { return &quorate{} },
	"package":            func() assertion { return &program{} },
	"known":              func() assertion { return &known{} },
}

// neverSettles are the kinds that the end of the boot changes nothing about.
var neverSettles = map[string]bool{
	"host-name": true, "host-id": true, "machine-id": true, "user": true, "group": true, "authorized-key": true,
	"time-zone": true, "package": true,
}

// Kinds are the names of all kinds of checks, sorted.
func Kinds() []string {
	var out []string
	for name := range kinds {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// decode reads the params of a check strictly.
func decode(c Check) (assertion, error) {
	made, ok := kinds[c.Kind]
	if !ok {
		return nil, fmt.Errorf("there is no kind of check %q", c.Kind)
	}
	a := made()
	d := json.NewDecoder(bytes.NewReader(c.Params))
	d.DisallowUnknownFields()
	if err := d.Decode(a); err != nil {
		return nil, fmt.Errorf("params of %s: %w", c.Kind, err)
	}
	if err := a.check(); err != nil {
		return nil, fmt.Errorf("params of %s: %w", c.Kind, err)
	}
	return a, nil
}

// newCheck is a check of facts.
func newCheck(kind string, a assertion, required bool, at ...string) Check {
	params, err := json.Marshal(a)
	if err != nil {
		panic("validate: " + err.Error()) // params are structs of texts and numbers
	}
	return Check{ID: id(kind, a), Kind: kind, Subject: a.subject(), Required: required, Params: params, At: at}
}

func id(kind string, a assertion) string {
	return strings.TrimSpace(kind + " " + a.subject())
}

var errEmpty = errors.New("a name is missing")

// named says whether all texts are there.
func named(texts ...string) error {
	if slices.Contains(texts, "") {
		return errEmpty
	}
	return nil
}

// seen is the host that is looked at.
type seen struct {
	host introspect.Host
	now  *snapshot.Snapshot
	// starting is true while systemd starts what belongs to the boot.
	starting bool
	// young is true while the host may still be finding its addresses, neighbours and time.
	young bool
	// probed are the answers to probes by the id of their check.
	probed  map[string]outcome
	profile profile
	incus   incusAnswer

	areas map[string]snapshot.Area
	units map[string]snapshot.Unit
	links map[string]snapshot.Link
}

// hold takes the captured host and indexes it.
func (s *seen) hold(now *snapshot.Snapshot) {
	s.now = now
	s.areas, s.units, s.links = map[string]snapshot.Area{}, map[string]snapshot.Unit{}, map[string]snapshot.Link{}
	for _, a := range now.Capture.Areas {
		s.areas[a.Name] = a
	}
	for _, u := range now.Units {
		s.units[u.Name] = u
	}
	for _, l := range now.Network.Links {
		s.links[l.Name] = l
	}
}

// lacks is the outcome for a fact that is not there: a failure only where its area is known as a whole.
func (s *seen) lacks(area, found string) outcome {
	a, ok := s.areas[area]
	switch {
	case !ok:
		return skipped(area + " was not captured")
	case a.Status == "known":
		return failed(found)
	}
	return skipped(area + " is not known as a whole: " + a.Detail)
}

// unknown is true where nothing can be said about an area.
func (s *seen) unknown(area string) (outcome, bool) {
	a, ok := s.areas[area]
	switch {
	case !ok:
		return skipped(area + " was not captured"), true
	case a.Status == "unknown":
		return skipped(area + " is not known: " + a.Detail), true
	}
	return outcome{}, false
}

// answer is what a probe found.
func (s *seen) answer(kind string, a assertion) outcome {
	if found, ok := s.probed[id(kind, a)]; ok {
		return found
	}
	return skipped("only a running host answers this")
}

// list joins names for people.
func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
