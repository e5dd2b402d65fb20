//go:build race

package testhosts

const raced = true
