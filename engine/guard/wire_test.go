package guard

import (
	"encoding/json"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func line(t testing.TB, message any) []byte {
	t.Helper()
	out, err := json.Marshal(message)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var zeros = strings.Repeat("0", 64)

func TestMessagesAreBoundAndStrict(t *testing.T) {
	good := Request{Commit, zeros, zeros}
	if _, err := ParseRequest(line(t, good)); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"intent":        strings.Replace(string(line(t, good)), "commit", "committed", 1),
		"short proof":   strings.Replace(string(line(t, good)), `"proof":"00`, `"proof":"`, 1),
		"upper case":    strings.Replace(string(line(t, good)), `"proof":"00`, `"proof":"AA`, 1),
		"unknown field": strings.Replace(string(line(t, good)), `{`, `{"force":true,`, 1),
		"two":           string(line(t, good)) + string(line(t, good)),
		"nothing":       "",
		"null":          "null",
	} {
		if r, err := ParseRequest([]byte(text)); err == nil {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if _, err := readLine(strings.NewReader(strings.Repeat("x", requestLimit+1)+"\n"), requestLimit); err == nil {
		t.Error("a line that is too long is read")
	}
	if _, err := readLine(strings.NewReader("half"), requestLimit); err == nil {
		t.Error("a line that was cut off is read")
	}
}

// The longest answer fits into what the client reads, whatever is in it.
func TestAnswersFit(t *testing.T) {
	for _, text := range []string{strings.Repeat("\x01", 1<<20), strings.Repeat("<", 1<<20), strings.Repeat("é", 1<<20), "\xff"} {
		a := Answer{Run: "20260504T030000Z", Head: zeros, Text: sayable(text), Proof: zeros}
		out := line(t, a)
		if len(out) >= lineLimit {
			t.Errorf("%.10q: %d bytes", text, len(out))
		}
		back, err := ParseAnswer(out)
		if err != nil || back != a {
			t.Errorf("%.10q: %v", text, err)
		}
	}
}

// Nothing that is proven can be moved into another field, or another conversation.
func TestProofsDiffer(t *testing.T) {
	seen := map[string]bool{}
	key := Key("word")
	for _, parts := range [][]string{
		Request{Commit, zeros, ""}.parts("a"), Request{Look, zeros, ""}.parts("a"), Request{Commit, zeros, ""}.parts("b"),
		Answer{Run: "ab"}.parts("a", "b"), Answer{Run: "a", Head: "b"}.parts("a", "b"), Answer{Committed: true}.parts("a", "b"), Answer{Remaining: 1}.parts("a", "b"),
		Answer{Text: "x"}.parts("a", "b"), Answer{}.parts("ab", ""),
	} {
		p := proof(key, parts...)
		if seen[p] {
			t.Errorf("%q has the proof of another", parts)
		}
		seen[p] = true
	}
	if proves(Key("other"), proof(key, "a"), "a") {
		t.Error("another word proves the same")
	}
}

func TestWhoFailsWaits(t *testing.T) {
	s := &server{own: func() ([]netip.Addr, error) { return nil, nil }, last: map[netip.Addr]time.Time{}}
	from, other, now := netip.MustParseAddr("192.0.2.7"), netip.MustParseAddr("192.0.2.8"), time.Now()
	s.failed(from, now)
	if s.admit(from, now.Add(time.Second)) == nil {
		t.Error("who failed is heard at once")
	}
	if err := s.admit(other, now.Add(time.Second)); err != nil {
		t.Errorf("another one is not heard: %v", err)
	}
	if err := s.admit(from, now.Add(failurePause)); err != nil {
		t.Errorf("not heard any more: %v", err)
	}
}

func FuzzParseRequest(f *testing.F) {
	f.Add(line(f, Request{Commit, zeros, zeros}))
	f.Add(line(f, Request{Look, zeros, zeros}))
	f.Add([]byte(`{"intent":"commit"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := ParseRequest(text)
		if err != nil {
			return
		}
		if again, err := ParseRequest(line(t, r)); err != nil || again != r {
			t.Fatalf("%q: %+v is read, and not again: %v", text, r, err)
		}
	})
}

func FuzzParseAnswer(f *testing.F) {
	f.Add(line(f, Hello{Protocol, zeros}))
	f.Add(line(f, Answer{Run: "20260504T030000Z", Head: zeros, Committed: true, Text: "committed", Remaining: 7, Proof: zeros}))
	f.Add([]byte(`{"run":null}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if h, err := ParseHello(text); err == nil && (h.Protocol != Protocol || len(h.Challenge) != 2*challengeSize) {
			t.Fatalf("%q: %+v", text, h)
		}
		a, err := ParseAnswer(text)
		if err != nil {
			return
		}
		if again, err := ParseAnswer(line(t, a)); err != nil || again != a {
			t.Fatalf("%q: %+v is read, and not again: %v", text, a, err)
		}
	})
}
