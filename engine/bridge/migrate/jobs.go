package migrate

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// weekdays are in PVE's order, which begins with Monday; crontab counts from Sunday.
var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// Jobs writes the jobs of vzdump.cron, the form before PVE 7.1, as sections of jobs.cfg, as PVE's own page does when such a job
// is saved. What is no job of PVE is left out and named with its line. An id is made of the place in the file: cron-1.
func Jobs(text []byte) (sections string, left []string) {
	var out strings.Builder
	for i, c := range formats.VzdumpCron("vzdump.cron", text) {
		lines, err := job(c)
		if err != nil {
			left = append(left, fmt.Sprintf("%s: %v", c.Source, err))
			continue
		}
		fmt.Fprintf(&out, "vzdump: cron-%d\n", i+1)
		for _, line := range lines {
			out.WriteString("\t" + line + "\n")
		}
		out.WriteByte('\n')
	}
	return out.String(), left
}

func job(c snapshot.CronEntry) ([]string, error) {
	if c.Backup == nil {
		return nil, fmt.Errorf("is no job that PVE has written")
	}
	at := strings.Fields(c.Schedule)
	if len(at) != 5 {
		return nil, fmt.Errorf("has no time of five words")
	}
	minute, err1 := strconv.Atoi(at[0])
	hour, err2 := strconv.Atoi(at[1])
	if err1 != nil || err2 != nil || minute > 59 || hour > 23 || minute < 0 || hour < 0 {
		return nil, fmt.Errorf("%s %s is no time of the day", at[0], at[1])
	}
	days, err := daysOf(at[4])
	if err != nil {
		return nil, err
	}
	schedule := fmt.Sprintf("%02d:%02d", hour, minute)
	if len(days) < len(weekdays) {
		schedule = strings.Join(days, ",") + " " + schedule
	}
	options := map[string]string{"schedule": schedule, "enabled": word(c.Backup.Enabled)}
	for _, o := range c.Backup.Options {
		_, twice := options[o.Name]
		switch {
		case o.Value == nil:
			return nil, fmt.Errorf("%s holds a secret", o.Name)
		case !optionName.MatchString(o.Name) || !plain(*o.Value, 4096) || *o.Value == "":
			return nil, fmt.Errorf("%q is no option", o.Name)
		case twice:
			return nil, fmt.Errorf("%s stands twice", o.Name)
		case o.Name == "maxfiles": // which PVE 8 has no longer
			keep := "keep-last=" + *o.Value
			if n, err := strconv.Atoi(*o.Value); err != nil || n < 0 {
				return nil, fmt.Errorf("maxfiles is no number")
			} else if n == 0 {
				keep = "keep-all=1"
			}
			options["prune-backups"] = keep
		case o.Name == "starttime" || o.Name == "dow" || o.Name == "id":
			return nil, fmt.Errorf("%s is none of a crontab", o.Name)
		default:
			options[o.Name] = *o.Value
		}
	}
	var out []string
	for name, value := range options {
		out = append(out, name+" "+value)
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b))
	})
	return out, nil
}

var optionName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`)

// rank puts the time first, as PVE does not care for the order and people do.
func rank(option string) int {
	if strings.HasPrefix(option, "schedule ") {
		return 0
	}
	return 1
}

// daysOf are the days of a crontab, by PVE's names and in their order.
func daysOf(text string) ([]string, error) {
	if text == "*" {
		return weekdays, nil
	}
	day := func(word string) (int, error) {
		if i := slices.Index(weekdays, strings.ToLower(word)); i >= 0 {
			return i, nil
		}
		n, err := strconv.Atoi(word)
		if err != nil || n < 0 || n > 7 {
			return 0, fmt.Errorf("%q is no day of the week", word)
		}
		return (n + 6) % 7, nil
	}
	set := map[int]bool{}
	for part := range strings.SplitSeq(text, ",") {
		first, last, ranged := strings.Cut(part, "-")
		from, err := day(first)
		if err != nil {
			return nil, err
		}
		to := from
		if ranged {
			if to, err = day(last); err != nil {
				return nil, err
			}
		}
		for i := from; ; i = (i + 1) % 7 {
			set[i] = true
			if i == to {
				break
			}
		}
	}
	var out []string
	for i, name := range weekdays {
		if set[i] {
			out = append(out, name)
		}
	}
	return out, nil
}

// JobsBack writes sections of jobs.cfg as lines of vzdump.cron, for a PVE before 7.1. A schedule that no crontab of PVE can
// have is left out and named: those are a time of the day, with or without days before it.
func JobsBack(text []byte) (lines string, left []string) {
	sections, _ := formats.Sections("jobs.cfg", text, formats.Jobs)
	var out strings.Builder
	for _, s := range sections {
		if s.Type != "vzdump" {
			continue
		}
		line, err := cronLine(s)
		if err != nil {
			left = append(left, fmt.Sprintf("%s: %v", s.Source, err))
			continue
		}
		out.WriteString(line + "\n")
	}
	return out.String(), left
}

var scheduleForm = regexp.MustCompile(`^(?:([a-z0-9,.-]+) )?([0-9]{1,2}):([0-9]{2})$`)

func cronLine(s snapshot.Section) (string, error) {
	when, enabled, options := "", true, ""
	for _, p := range s.Properties {
		if p.Value == nil {
			return "", fmt.Errorf("%s holds a secret", p.Key)
		}
		switch p.Key {
		case "schedule":
			m := scheduleForm.FindStringSubmatch(*p.Value)
			if m == nil {
				return "", fmt.Errorf("the schedule %q is none of a crontab", *p.Value)
			}
			days := "*"
			if m[1] != "" {
				list, err := daysOf(strings.ReplaceAll(m[1], "..", "-"))
				if err != nil {
					return "", err
				}
				days = strings.Join(list, ",")
			}
			hour, _ := strconv.Atoi(m[2])
			minute, _ := strconv.Atoi(m[3])
			if hour > 23 || minute > 59 {
				return "", fmt.Errorf("the schedule %q is no time of the day", *p.Value)
			}
			when = fmt.Sprintf("%d %d * * %s", minute, hour, days)
		case "enabled":
			enabled = *p.Value != "0"
		case "vmid":
			if !guestList.MatchString(*p.Value) {
				return "", fmt.Errorf("%q are no guests", *p.Value)
			}
			options = " " + strings.ReplaceAll(*p.Value, ",", " ") + options
		default:
			if !optionName.MatchString(p.Key) || !plain(*p.Value, 4096) || strings.Contains(*p.Value, "%") { // which ends a line of a crontab
				return "", fmt.Errorf("%q is no option of a crontab", p.Key)
			}
			options += " --" + p.Key + " " + quoted(*p.Value)
		}
	}
	if when == "" {
		return "", fmt.Errorf("has no schedule")
	}
	program := "vzdump"
	if !enabled {
		program = "#" + program
	}
	return when + "           root " + program + options, nil
}

var (
	guestList = regexp.MustCompile(`^[0-9]+(,[0-9]+)*$`)
	plainWord = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./-]+$`)
)

// quoted is a word of a command line.
func quoted(text string) string {
	if !plainWord.MatchString(text) {
		text = "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return text
}
