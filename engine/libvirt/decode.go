package libvirt

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// decode fills a type from a tree. What the type has not, what has another type and text that XML cannot hold are errors
// with their place.
func decode(tree map[string]any, into any) error {
	return decodeValue("", tree, reflect.ValueOf(into).Elem())
}

func decodeValue(at string, from any, to reflect.Value) error {
	switch to.Kind() {
	case reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		return decodeValue(at, from, to.Elem())
	case reflect.Struct:
		return decodeStruct(at, from, to)
	case reflect.Map:
		set, ok := from.(map[string]any)
		if !ok {
			return wrong(at, from, "a set")
		}
		to.Set(reflect.MakeMapWithSize(to.Type(), len(set)))
		for _, key := range sortedKeys(set) {
			value := reflect.New(to.Type().Elem()).Elem()
			if err := decodeValue(at+"/"+key, set[key], value); err != nil {
				return err
			}
			to.SetMapIndex(reflect.ValueOf(key), value)
		}
		return nil
	case reflect.Slice:
		list, ok := from.([]any)
		if !ok {
			return wrong(at, from, "a list")
		}
		to.Set(reflect.MakeSlice(to.Type(), len(list), len(list)))
		for i, v := range list {
			if err := decodeValue(at+"/"+strconv.Itoa(i), v, to.Index(i)); err != nil {
				return err
			}
		}
		return nil
	case reflect.Bool:
		v, ok := from.(bool)
		if !ok {
			return wrong(at, from, "true or false")
		}
		to.SetBool(v)
		return nil
	case reflect.Int64:
		v, ok := integer(from)
		if !ok {
			return wrong(at, from, "a whole number")
		}
		to.SetInt(v)
		return nil
	default:
		v, ok := from.(string)
		if !ok {
			return wrong(at, from, "text")
		}
		if bad, found := unwritable(v); found {
			return fmt.Errorf("%s: XML cannot hold the character %U", place(at), bad)
		}
		to.SetString(v)
		return nil
	}
}

func decodeStruct(at string, from any, to reflect.Value) error {
	set, ok := from.(map[string]any)
	if !ok {
		return wrong(at, from, "a set")
	}
	fields := map[string]int{}
	for i := range to.NumField() {
		if name, _, _ := strings.Cut(to.Type().Field(i).Tag.Get("json"), ","); name != "" && name != "-" {
			fields[name] = i
		}
	}
	for _, key := range sortedKeys(set) {
		i, ok := fields[key]
		if !ok {
			return fmt.Errorf("%s: libvirt has no such name here", place(at+"/"+key))
		}
		if err := decodeValue(at+"/"+key, set[key], to.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

func wrong(at string, got any, want string) error {
	name := "nothing"
	switch got.(type) {
	case map[string]any:
		name = "a set"
	case []any:
		name = "a list"
	case string:
		name = "text"
	case bool:
		name = "true or false"
	case json.Number, float64, int, int64:
		name = "a number"
	}
	return fmt.Errorf("%s: want %s, have %s", place(at), want, name)
}

func place(at string) string {
	if at == "" {
		return "/"
	}
	return at
}

func integer(from any) (int64, bool) {
	switch v := from.(type) {
	case json.Number:
		n, err := strconv.ParseInt(v.String(), 10, 64)
		return n, err == nil
	case float64:
		return int64(v), v == math.Trunc(v) && math.Abs(v) < 1<<53
	case int:
		return int64(v), true
	case int64:
		return v, true
	}
	return 0, false
}

// unwritable finds a character that XML 1.0 has no form for; encoding/xml would write another in its place.
func unwritable(text string) (rune, bool) {
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return r, true
			}
		}
		switch {
		case r == '\t', r == '\n', r == '\r', 0x20 <= r && r <= 0xd7ff, 0xe000 <= r && r <= 0xfffd, r >= 0x10000:
		default:
			return r, true
		}
	}
	return 0, false
}

func sortedKeys(set map[string]any) []string {
	keys := make([]string, 0, len(set))
	for key := range set {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
