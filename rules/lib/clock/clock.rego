# METADATA
# title: Dates of the snapshot as numbers
# description: Only of years that fit into nanoseconds; certificates that never end say 9999.
package lib.clock

# METADATA
# title: Nanoseconds since 1970 of an RFC 3339 date
# description: Undefined outside of the years 1970 to 2199.
ns(text) := time.parse_rfc3339_ns(text) if regex.match(`^(19[7-9]|20[0-9]|21[0-9])[0-9]-`, text)

# METADATA
# title: When the host was captured, in seconds since 1970
captured := ns(input.capture.time) / 1000000000
