package snapshot

import (
	"encoding/json"
	"go/ast"
	"reflect"
	"strings"
	"time"
)

// accountKey marks the nodes of the schema that the ledger accounts for.
const accountKey = "x-account"

// identityKey lists the fields that tell an object of a list from the others.
const identityKey = "x-key"

// SchemaOf derives the JSON schema (draft 2020-12) of a document from its Go
// type and the comments of all types. name is that of the file, title the version
// of the format. docs maps "Type" and "Type.Field" to prose; see Docs. The result
// is a tree of maps, ready for encoding/json.
func SchemaOf[Root any](name, title string, docs map[string]string) map[string]any {
	defs := map[string]any{}
	root := schemaOfStruct(reflect.TypeFor[Root](), docs, defs)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = "https://pve2nix.org/schemas/" + name
	root["title"] = title
	root["$defs"] = defs
	return root
}

func schemaOfStruct(t reflect.Type, docs map[string]string, defs map[string]any) map[string]any {
	properties := map[string]any{}
	var required []any
	node := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if d := docs[t.Name()]; d != "" {
		node["description"] = d
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Name == "_" {
			if f.Tag.Get("schema") == "account" {
				node[accountKey] = true
			}
			if key := f.Tag.Get("key"); key != "" {
				node[identityKey] = strings.Fields(key)
			}
			continue
		}
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		property := schemaOfType(f.Type, docs, defs)
		if d := docs[t.Name()+"."+f.Name]; d != "" {
			if _, isRef := property["$ref"]; !isRef {
				property["description"] = d
			}
		}
		applyTag(property, f.Tag.Get("schema"))
		properties[name] = property
		if option != "omitempty" {
			required = append(required, name)
		}
	}
	if required != nil {
		node["required"] = required
	}
	return node
}

func schemaOfType(t reflect.Type, docs map[string]string, defs map[string]any) map[string]any {
	switch t {
	case reflect.TypeFor[json.RawMessage]():
		return map[string]any{}
	case reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOfType(t.Elem(), docs, defs)
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOfType(t.Elem(), docs, defs)}
	case reflect.Struct:
		if _, done := defs[t.Name()]; !done {
			defs[t.Name()] = nil // breaks cycles
			defs[t.Name()] = schemaOfStruct(t, docs, defs)
		}
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	case reflect.Interface: // any value
		return map[string]any{}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.String:
		return map[string]any{"type": "string"}
	}
	panic("snapshot: no schema for " + t.String())
}

func applyTag(property map[string]any, tag string) {
	key, value, found := strings.Cut(tag, "=")
	if !found {
		return
	}
	switch key {
	case "const":
		if value == "true" {
			property["const"] = true
			return
		}
		property["const"] = value
	case "format":
		property["format"] = value
	case "enum":
		var values []any
		for _, v := range strings.Split(value, "|") {
			values = append(values, v)
		}
		property["enum"] = values
	default:
		panic("snapshot: unknown schema tag " + tag)
	}
}

// Docs collects the comments of all types and fields of the parsed files, as
// SchemaOf wants them.
func Docs(files []*ast.File) map[string]string {
	docs := map[string]string{}
	put := func(key string, group *ast.CommentGroup) {
		if text := strings.Join(strings.Fields(group.Text()), " "); text != "" {
			docs[key] = text
		}
	}
	for _, file := range files {
		for _, decl := range file.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range gen.Specs {
				typ, ok := spec.(*ast.TypeSpec)
				if !ok {
					continue
				}
				put(typ.Name.Name, gen.Doc)
				if st, ok := typ.Type.(*ast.StructType); ok {
					for _, field := range st.Fields.List {
						for _, name := range field.Names {
							put(typ.Name.Name+"."+name.Name, field.Doc)
						}
					}
				}
			}
		}
	}
	return docs
}
