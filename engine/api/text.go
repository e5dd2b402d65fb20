package api

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Table is how pvesh prints text.
type Table struct {
	// NoBorder and NoHeader leave these out.
	NoBorder, NoHeader bool
	// Raw prints values as they are on the wire.
	Raw bool
	// ASCII draws borders without box characters.
	ASCII bool
	// Width is that of the terminal; 0 where there is none.
	Width int
	// Zone is where times are shown.
	Zone *time.Location
}

// column is a column of a table.
type column struct {
	field Field
	width int
}

// Text prints an answer as pvesh does: a table of the fields that the path describes, those first that are always there, or
// one line for each field of an object.
func (t Table) Text(p *Path, data any) string {
	switch data := data.(type) {
	case map[string]any:
		// What PVE does not describe it does not print, unless it describes nothing.
		keys := columns(p)
		if len(keys) == 0 {
			for _, key := range names(data) {
				keys = append(keys, Field{Name: key})
			}
		}
		var rows []any
		for _, f := range keys {
			if v, has := data[f.Name]; has {
				rows = append(rows, map[string]any{"key": f.Name, "value": t.show(f, v)})
			}
		}
		return t.table([]Field{{Name: "key", Type: "string"}, {Name: "value", Type: "string"}}, "key", rows)
	case []any:
		if len(data) == 0 {
			return ""
		}
		fields := columns(p)
		if len(fields) == 0 {
			all := map[string]any{}
			for _, e := range data {
				for key := range e.(map[string]any) {
					all[key] = nil
				}
			}
			for _, key := range names(all) {
				fields = append(fields, Field{Name: key, Type: "string"})
			}
		}
		return t.table(fields, fields[0].Name, data)
	case nil:
		return ""
	}
	return fmt.Sprintln(data)
}

// Children prints what pvesh ls does: what may be done with each path below, and its name.
func (t Table) Children(p *Path, data any) string {
	rows := childRows(p, data)
	t.NoBorder, t.NoHeader = true, true
	return t.table([]Field{{Name: "capabilities", Type: "string"}, {Name: "name", Type: "string"}}, "name", rows)
}

func childRows(p *Path, data any) []any {
	var rows []any
	list, _ := data.([]any)
	for _, e := range list {
		name := fmt.Sprint(e.(map[string]any)[p.Child])
		may := "-r---"
		below := Describe(strings.TrimSuffix(p.Path, "/") + "/" + name)
		if below == nil {
			for _, pattern := range Paths() {
				if rest, is := strings.CutPrefix(pattern, strings.TrimSuffix(p.Path, "/")+"/{"); is && strings.HasSuffix(rest, "}") && !strings.Contains(rest, "/") {
					below = Describe(pattern)
				}
			}
		}
		if below == nil {
			may = "-----"
		} else if below.Child != "" {
			may = "Dr---"
		}
		rows = append(rows, map[string]any{"capabilities": may, "name": name})
	}
	slices.SortStableFunc(rows, func(a, b any) int {
		return strings.Compare(a.(map[string]any)["name"].(string), b.(map[string]any)["name"].(string))
	})
	return rows
}

// ChildList is what pvesh ls prints as JSON.
func ChildList(p *Path, data any) any {
	rows := childRows(p, data)
	if rows == nil {
		rows = []any{}
	}
	return rows
}

// columns are the fields that PVE's description names: those that are always there, then the others, each by name.
func columns(p *Path) []Field {
	if p == nil || p.Open && !p.List {
		return nil
	}
	out := slices.DeleteFunc(slices.Clone(p.Fields), func(f Field) bool { return f.Hidden })
	slices.SortStableFunc(out, func(a, b Field) int {
		return cmp.Or(int(truth(a.Optional)-truth(b.Optional)), strings.Compare(a.Name, b.Name))
	})
	return out
}

// show is the text of a value.
func (t Table) show(f Field, v any) string {
	if v == nil {
		return ""
	}
	if !t.Raw {
		n, isNumber := asNumber(v)
		switch {
		case !isNumber:
		case f.Type == "boolean":
			return fmt.Sprint(truth(n != 0))
		case f.Show == "bytes":
			return bytesText(n)
		case f.Show == "duration":
			return durationText(n)
		case f.Show == "percent":
			return fmt.Sprintf("%.2f%%", n*100)
		case f.Show == "timestamp" || f.Show == "timestamp_gmt":
			zone := time.UTC
			if f.Show == "timestamp" && t.Zone != nil {
				zone = t.Zone
			}
			return time.Unix(int64(n), 0).In(zone).Format(time.DateTime)
		}
	}
	if text, is := v.(string); is {
		return text
	}
	return string(Encode(v, false))
}

func asNumber(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

func bytesText(n float64) string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB", "PiB"}
	unit := 0
	for n >= 1024 && unit < len(units)-1 {
		n /= 1024
		unit++
	}
	return fmt.Sprintf("%.2f %s", n, units[unit])
}

func durationText(n float64) string {
	rest := int64(math.Round(n))
	if rest == 0 {
		return "0s"
	}
	var parts []string
	for _, u := range []struct {
		name   string
		length int64
	}{{"w", 7 * 24 * 3600}, {"d", 24 * 3600}, {"h", 3600}, {"m", 60}, {"s", 1}} {
		if v := rest / u.length; v > 0 {
			parts = append(parts, fmt.Sprintf("%d%s", v, u.name))
			rest -= v * u.length
		}
	}
	return strings.Join(parts, " ")
}

// table prints rows, sorted by a column.
func (t Table) table(fields []Field, key string, rows []any) string {
	rows = slices.Clone(rows)
	first := fields[slices.IndexFunc(fields, func(f Field) bool { return f.Name == key })]
	slices.SortStableFunc(rows, func(a, b any) int {
		x, y := a.(map[string]any)[first.Name], b.(map[string]any)[first.Name]
		if n, is := asNumber(x); is && (first.Type == "integer" || first.Type == "number") {
			m, _ := asNumber(y)
			return cmp.Compare(n, m)
		}
		return strings.Compare(fmt.Sprint(x), fmt.Sprint(y))
	})
	cells := make([][][]string, len(rows))
	list := make([]column, len(fields))
	for i, f := range fields {
		list[i] = column{f, utf8.RuneCountInString(f.Name)}
	}
	for i, row := range rows {
		for j := range list {
			lines := strings.Split(printable(t.show(list[j].field, row.(map[string]any)[list[j].field.Name])), "\n")
			for len(lines) > 1 && lines[len(lines)-1] == "" {
				lines = lines[:len(lines)-1]
			}
			for _, line := range lines {
				list[j].width = max(list[j].width, utf8.RuneCountInString(line))
			}
			cells[i] = append(cells[i], lines)
		}
	}
	var b strings.Builder
	write := func(line string) {
		if t.Width > 0 {
			if r := []rune(line); len(r) > t.Width {
				line = string(r[:t.Width])
			}
		}
		b.WriteString(line + "\n")
	}
	border := func(left, middle, right, dash string) {
		if t.NoBorder {
			return
		}
		parts := make([]string, len(list))
		for i, c := range list {
			parts[i] = strings.Repeat(dash, c.width+2)
		}
		write(left + strings.Join(parts, middle) + right)
	}
	line := func(texts []string) {
		if t.NoBorder {
			for i := range texts[:len(texts)-1] {
				texts[i] = padded(list[i], texts[i]) + " "
			}
			write(strings.Join(texts, ""))
			return
		}
		bar := "│"
		if t.ASCII {
			bar = "|"
		}
		for i := range texts {
			texts[i] = " " + padded(list[i], texts[i]) + " "
		}
		write(bar + strings.Join(texts, bar) + bar)
	}
	box := [4][4]string{{"┌", "┬", "┐", "─"}, {"╞", "╪", "╡", "═"}, {"├", "┼", "┤", "─"}, {"└", "┴", "┘", "─"}}
	if t.ASCII {
		box = [4][4]string{{"+", "+", "+", "-"}, {"+", "+", "+", "="}, {"+", "+", "+", "-"}, {"+", "+", "+", "-"}}
	}
	draw := func(i int) { border(box[i][0], box[i][1], box[i][2], box[i][3]) }
	draw(0)
	separator := 2
	if !t.NoHeader {
		titles := make([]string, len(list))
		for i, c := range list {
			titles[i] = c.field.Name
		}
		line(titles)
		separator = 1
	}
	for i, row := range cells {
		if i > 0 || !t.NoHeader {
			draw(separator)
			separator = 2
		}
		height := 1
		for _, lines := range row {
			height = max(height, len(lines))
		}
		for k := range height {
			out := make([]string, len(row))
			for j, lines := range row {
				if k < len(lines) {
					out[j] = lines[k]
				}
			}
			line(out)
		}
	}
	draw(3)
	return b.String()
}

// padded fills a cell: numbers stand right, text left.
func padded(c column, text string) string {
	space := strings.Repeat(" ", max(c.width-utf8.RuneCountInString(text), 0))
	if c.field.Type == "integer" || c.field.Type == "number" {
		return space + text
	}
	return text + space
}

// printable takes out what would change the terminal: facts are hostile.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return '\ufffd'
		}
		return r
	}, text)
}
