package guard

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Port is where the guard of a trial listens.
const Port = 18006

// Protocol is the first field of what the guard says first.
const Protocol = "pve2nix.commit/v1"

// What the two sides say, each as one line of JSON:
//
//	guard   {"protocol": …, "challenge": C}
//	client  {"intent": …, "challenge": D, "proof": HMAC(key, "client", C, D, intent)}
//	guard   {"run": …, …, "proof": HMAC(key, "guard", C, D, all the rest)}
//
// The key is the SHA-256 of the word, which is all that the guard has. The word is
// never sent; what is sent is worth nothing for another challenge; and the client
// knows that who answers it has the key, too.
type (
	// Hello is what the guard says first.
	Hello struct {
		Protocol  string `json:"protocol"`
		Challenge string `json:"challenge"`
	}
	// Request is what the client wants.
	Request struct {
		Intent    Intent `json:"intent"`
		Challenge string `json:"challenge"`
		Proof     string `json:"proof"`
	}
	// Answer is what came of it.
	Answer struct {
		// Run is the name of the run, Head the hash of the last line of the trial's journal.
		Run  string `json:"run"`
		Head string `json:"head"`
		// Committed says whether the new system is the default.
		Committed bool `json:"committed"`
		// Text is for a reader: why it was refused, or how the trial stands.
		Text string `json:"text"`
		// Remaining are the seconds until the deadline.
		Remaining int    `json:"remaining"`
		Proof     string `json:"proof"`
	}
)

// Intent is what a client asks for.
type Intent string

// The intents.
const (
	// Commit makes the new system the default.
	Commit Intent = "commit"
	// Look asks how the trial stands, and changes nothing.
	Look Intent = "look"
)

const (
	challengeSize = 32
	// lineLimit bounds a message: the longest is a list of checks that failed.
	lineLimit = 8 << 10
	// requestLimit bounds what a stranger may say.
	requestLimit = 512
	// textLimit keeps an answer below lineLimit, however its text is escaped.
	textLimit = 1200
)

// Key is the key of a word.
func Key(word string) []byte {
	sum := sha256.Sum256([]byte(word))
	return sum[:]
}

func newChallenge() (string, error) {
	b := make([]byte, challengeSize)
	if _, err := rand.Read(b); err != nil {
		return "", err
	}
	return hex.EncodeToString(b), nil
}

// proof is the HMAC of parts, each with its length, so that no two lists of parts are one text.
func proof(key []byte, parts ...string) string {
	m := hmac.New(sha256.New, key)
	for _, p := range parts {
		fmt.Fprintf(m, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(m.Sum(nil))
}

func proves(key []byte, said string, parts ...string) bool {
	return hmac.Equal([]byte(said), []byte(proof(key, parts...)))
}

func (r Request) parts(challenge string) []string {
	return []string{Protocol, "client", challenge, r.Challenge, string(r.Intent)}
}

func (a Answer) parts(challenge, theirs string) []string {
	return []string{Protocol, "guard", challenge, theirs, a.Run, a.Head, fmt.Sprint(a.Committed), a.Text, fmt.Sprint(a.Remaining)}
}

// readLine reads a line of at most limit bytes.
func readLine(r io.Reader, limit int) ([]byte, error) {
	line, err := bufio.NewReaderSize(io.LimitReader(r, int64(limit)), limit).ReadBytes('\n')
	switch {
	case err == nil:
		return line[:len(line)-1], nil
	case errors.Is(err, io.EOF) && len(line) >= limit:
		return nil, errors.New("the message is too long")
	case errors.Is(err, io.EOF) && len(line) > 0:
		return nil, errors.New("the message was cut off")
	}
	return nil, err
}

// decode reads a message strictly.
func decode(line []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return errors.New("not a message of this protocol")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one message in a line")
	}
	return nil
}

// ParseHello reads what a guard says first.
func ParseHello(line []byte) (h Hello, err error) {
	if err := decode(line, &h); err != nil {
		return h, err
	}
	if h.Protocol != Protocol {
		return h, fmt.Errorf("it speaks %.40q, not %s", h.Protocol, Protocol)
	}
	return h, isHash(h.Challenge)
}

// ParseRequest reads what a client wants.
func ParseRequest(line []byte) (r Request, err error) {
	if err := decode(line, &r); err != nil {
		return r, err
	}
	if r.Intent != Commit && r.Intent != Look {
		return r, errors.New("the intent is neither commit nor look")
	}
	return r, errors.Join(isHash(r.Challenge), isHash(r.Proof))
}

// ParseAnswer reads what came of a request.
func ParseAnswer(line []byte) (a Answer, err error) {
	if err := decode(line, &a); err != nil {
		return a, err
	}
	if len(a.Text) > textLimit || len(a.Run) > 64 || a.Remaining < 0 {
		return a, errors.New("the answer is out of bounds")
	}
	return a, errors.Join(isHash(a.Head), isHash(a.Proof))
}

// isHash accepts 32 bytes in lower-case hexadecimal.
func isHash(s string) error {
	if b, err := hex.DecodeString(s); err != nil || len(b) != challengeSize || hex.EncodeToString(b) != s {
		return errors.New("a challenge, hash or proof is not 32 bytes in hexadecimal")
	}
	return nil
}

// say writes a message as one line.
func say(w io.Writer, message any) error {
	line, err := json.Marshal(message)
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
}
