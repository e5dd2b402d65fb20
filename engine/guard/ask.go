package guard

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"
)

// UnprovenError says that an answer is not from the guard that has the word.
type UnprovenError struct{ What string }

func (e *UnprovenError) Error() string { return e.What }

// Hint says what that means.
func (e *UnprovenError) Hint() string {
	return "nothing can be concluded from it: check address and word, which apply printed"
}

// UnreachableError says that no guard answers.
type UnreachableError struct{ Err error }

func (e *UnreachableError) Error() string { return e.Err.Error() }
func (e *UnreachableError) Unwrap() error { return e.Err }

// Hint says what that means.
func (e *UnreachableError) Hint() string {
	return "no guard listens there: the trial has not started yet, it was committed, or Proxmox VE is back"
}

// RefusedError says that the guard refused; its answer is proven.
type RefusedError struct{ Answer Answer }

func (e *RefusedError) Error() string { return "not committed: " + e.Answer.Text }

// Hint says what happens without a commit.
func (e *RefusedError) Hint() string {
	return fmt.Sprintf("without a commit the machine restarts into Proxmox VE in %s", time.Duration(e.Answer.Remaining)*time.Second)
}

const (
	dialTimeout = 10 * time.Second
	// answerTimeout is how long a commit may take: it starts the guests.
	answerTimeout = commitBound + time.Minute
)

// Ask tells the guard at an address what is wanted, proves that it knows the word, and returns an answer that is proven to be the guard's.
func Ask(ctx context.Context, address, word string, intent Intent) (a Answer, err error) {
	if _, _, err := net.SplitHostPort(address); err != nil {
		address = net.JoinHostPort(address, strconv.Itoa(Port))
	}
	dialer := net.Dialer{Timeout: dialTimeout}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return a, &UnreachableError{err}
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	defer func() { _ = conn.Close() }()
	if a, err = converse(conn, Key(word), intent); err != nil {
		return a, fmt.Errorf("%s: %w", address, err)
	}
	return a, nil
}

// converse is the client's side.
func converse(conn net.Conn, key []byte, intent Intent) (a Answer, err error) {
	if err := conn.SetDeadline(time.Now().Add(dialTimeout)); err != nil {
		return a, err
	}
	line, err := readLine(conn, lineLimit)
	if err != nil {
		return a, fmt.Errorf("no word from the guard: this address may not commit, failed a moment ago, or the trial has ended (%w)", err)
	}
	hello, err := ParseHello(line)
	if err != nil {
		return a, &UnprovenError{err.Error()}
	}
	r := Request{Intent: intent}
	if r.Challenge, err = newChallenge(); err != nil {
		return a, err
	}
	r.Proof = proof(key, r.parts(hello.Challenge)...)
	if err := errors.Join(say(conn, r), conn.SetDeadline(time.Now().Add(answerTimeout))); err != nil {
		return a, err
	}
	line, err = readLine(conn, lineLimit)
	if err != nil {
		return a, fmt.Errorf("no answer: the word is another one, this address may not commit, or the trial has ended (%w)", err)
	}
	if a, err = ParseAnswer(line); err != nil {
		return Answer{}, &UnprovenError{err.Error()}
	}
	if !proves(key, a.Proof, a.parts(hello.Challenge, r.Challenge)...) {
		return Answer{}, &UnprovenError{"the answer is not proven: who answers does not have the word"}
	}
	if intent == Commit && !a.Committed {
		return a, &RefusedError{a}
	}
	return a, nil
}
