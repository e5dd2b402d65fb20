# METADATA
# title: Times of jobs
# description: |
#  Translates calendar events of PVE and lines of cron into those of systemd. What
#  means the same in both becomes a normal form; what a reader could take for two
#  times, or what systemd cannot say, is undefined.
package lib.calendar

# METADATA
# title: A calendar event of PVE in the form of systemd
# description: Words in small letters, as PVE takes them. A number without a colon is none; the manual of PVE calls it an hour and a minute.
event(text) := _words[lower(trim_space(text))] if {
	true
} else := _event(_fields(text))

_words := {
	"annually": "*-01-01 00:00:00",
	"daily": "*-*-* 00:00:00",
	"hourly": "*-*-* *:00:00",
	"minutely": "*-*-* *:*:00",
	"monthly": "*-*-01 00:00:00",
	"quarterly": "*-01,04,07,10-01 00:00:00",
	"semi-annually": "*-01,07-01 00:00:00",
	"semiannually": "*-01,07-01 00:00:00",
	"weekly": "Mon *-*-* 00:00:00",
	"yearly": "*-01-01 00:00:00",
}

_fields(text) := [f | some f in regex.split(`\s+`, lower(trim_space(text))); f != ""]

_event([days, date, time]) := concat(" ", [_days(days), _date(date), _time(time)])

_event([first, time]) := concat(" ", [_days(first), "*-*-*", _time(time)])

_event([first, time]) := concat(" ", [_date(first), _time(time)])

# A day alone is midnight, a date as well.
_event([days, date]) := concat(" ", [_days(days), _date(date), "00:00:00"])

_event([only]) := concat(" ", ["*-*-*", _time(only)])

_event([only]) := concat(" ", [_days(only), "*-*-*", "00:00:00"])

_event([only]) := concat(" ", [_date(only), "00:00:00"])

_day := {"fri": 5, "friday": 5, "mon": 1, "monday": 1, "sat": 6, "saturday": 6, "sun": 0, "sunday": 0, "thu": 4, "thursday": 4, "tue": 2, "tuesday": 2, "wed": 3, "wednesday": 3}

_short := ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

_days(text) := _listed({n | some part in split(text, ","); some n in _range(part)}) if {
	every part in split(text, ",") {
		_range(part)
	}
}

_range(part) := {_day[part]}

# From Friday to Monday goes over the end of the week.
_range(part) := {n | some n in numbers.range(0, 6); _within(n, _day[ends[0]], _day[ends[1]])} if {
	ends := split(part, "..")
	count(ends) == 2
	_day[ends[0]]
	_day[ends[1]]
}

_within(n, from, to) if {
	from <= to
	n >= from
	n <= to
}

_within(n, from, to) if {
	from > to
	some ok in [n >= from, n <= to]
	ok
}

_listed(days) := concat(",", [_short[n] | some n in sort(days)])

# Who writes 8-18/2 may mean hours.
_date(text) := concat("-", ["*", _part(month, 1, 12, 1), _part(day, 1, 31, 1)]) if {
	[month, day] = split(text, "-")
	not regex.match(`^[0-9]+/`, day)
}

_date(text) := concat("-", [_part(year, 1970, 2199, 1970), _part(month, 1, 12, 1), _part(day, 1, 31, 1)]) if [year, month, day] = split(text, "-")

_time(text) := concat(":", [_part(hour, 0, 23, 0), _part(minute, 0, 59, 0), "00"]) if [hour, minute] = split(text, ":")

_time(text) := concat(":", [_part(hour, 0, 23, 0), _part(minute, 0, 59, 0), _part(second, 0, 59, 0)]) if [hour, minute, second] = split(text, ":")

# Without a colon it is minutes; see above.
_time(text) := concat(":", ["*", _part(text, 0, 59, 0), "00"]) if regex.match(`^\*(/[0-9]{1,2})?$`, text)

# One field: any, or a list of numbers, ranges and steps.
_part("*", _, _, _) := "*"

_part(text, least, most, first) := concat(",", parts) if {
	text != "*"
	words := split(text, ",")
	parts := [part | some word in words; part := _item(word, least, most, first)]
	count(parts) == count(words)
}

_item(word, least, most, _) := _two(n) if n := _number(word, least, most)

_item(word, _, most, first) := sprintf("%s/%d", [_two(first), step]) if {
	[[_, text]] := regex.find_all_string_submatch_n(`^\*/([0-9]{1,2})$`, word, 1)
	step := _number(text, 1, most)
}

_item(word, least, most, _) := sprintf("%s/%d", [_two(from), step]) if {
	[[_, start, text]] := regex.find_all_string_submatch_n(`^([0-9]{1,4})/([0-9]{1,2})$`, word, 1)
	from := _number(start, least, most)
	step := _number(text, 1, most)
}

_item(word, least, most, _) := sprintf("%s..%s%s", [_two(from), _two(to), step]) if {
	[[_, start, end, step]] := regex.find_all_string_submatch_n(`^([0-9]{1,4})\.\.([0-9]{1,4})((?:/[1-9][0-9]?)?)$`, word, 1)
	from := _number(start, least, most)
	to := _number(end, least, most)
	from < to
}

_number(text, least, most) := n if {
	regex.match(`^[0-9]{1,4}$`, text)
	n := to_number(regex.replace(text, `^0+([0-9])`, "$1"))
	n >= least
	n <= most
}

_two(n) := sprintf("%02d", [n])

# METADATA
# title: The five fields of a line of cron in the form of systemd
# description: Undefined where a day of the month and a weekday are both said; cron takes either, systemd both. Steps and lists as cron writes them, no names.
cron(text) := sprintf("%s*-%s-%s %s:%s:00", [_weekdays(week), _part(_ranged(month), 1, 12, 1), _part(_ranged(day), 1, 31, 1), _part(_ranged(hour), 0, 23, 0), _part(_ranged(minute), 0, 59, 0)]) if {
	[minute, hour, day, month, week] = _fields(text)
	"*" in {day, week}
}

_ranged(text) := replace(text, "-", "..")

_weekdays("*") := ""

_weekdays(text) := concat("", [_listed({day | some word in split(text, ","); some n in _numbers(word); day := n % 7}), " "]) if {
	text != "*"
	every word in split(text, ",") {
		_numbers(word)
	}
}

_numbers(word) := {n} if n := _number(word, 0, 7)

_numbers(word) := {n | some n in numbers.range(_number(from, 0, 7), _number(to, 0, 7))} if {
	[from, to] = split(word, "-")
	_number(from, 0, 7) < _number(to, 0, 7)
}
