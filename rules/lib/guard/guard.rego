# METADATA
# title: What text from facts may become
# description: |
#  Facts are hostile: a name becomes an attribute, a path or an argument of a
#  daemon only where it has the shape that its reader accepts. Each test is a
#  closed list of characters; what it refuses belongs into a finding.
package lib.guard

# METADATA
# title: Host names of RFC 1123
host_label(text) if regex.match(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$`, text)

# METADATA
# title: DNS domains
domain(text) if {
	count(text) <= 253
	regex.match(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$`, text)
}

# METADATA
# title: Host names and addresses of servers
server(text) if {
	count(text) <= 253
	regex.match(`^[A-Za-z0-9:]([A-Za-z0-9:._-]*[A-Za-z0-9])?$`, text)
}

# METADATA
# title: Names of users and groups of the system
# description: At most 31 bytes, as NixOS asks; no blank, slash or colon.
account(name) if regex.match(`^[A-Za-z_][A-Za-z0-9_.-]{0,30}$`, name)

# METADATA
# title: Text of one line without control characters
line(text) if regex.match(`^[^\x00-\x1f\x7f]*$`, text)

# METADATA
# title: Names of kernel modules
module(name) if regex.match(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`, name)

# METADATA
# title: One word of a kernel command line
# description: Printable ASCII without blanks and double quotes.
kernel_word(text) if {
	count(text) <= 1024
	regex.match(`^[!#-~]+$`, text)
}

# METADATA
# title: Devices by path
device(path) if {
	regex.match(`^/dev/[A-Za-z0-9_.:@+=/-]+$`, path)
	not regex.match(`(^|/)\.\.?(/|$)`, path)
}

# METADATA
# title: One mount option
# description: Quotes, commas and blanks would change what the options mean.
mount_option(text) if regex.match(`^[A-Za-z0-9_][A-Za-z0-9_.:/@%+=~^-]*$`, text)

# METADATA
# title: Types of file systems
fs_type(text) if regex.match(`^[a-z0-9][a-z0-9_.-]{0,31}$`, text)

# METADATA
# title: Names of ZFS pools
pool(name) if regex.match(`^[A-Za-z][A-Za-z0-9_.:-]{0,127}$`, name)

# METADATA
# title: Names of LVM volume groups
volume_group(name) if regex.match(`^[A-Za-z0-9_+][A-Za-z0-9_.+-]{0,126}$`, name)

# METADATA
# title: Names of time zones
time_zone(name) if {
	regex.match(`^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$`, name)
	not startswith(name, "-")
}

# METADATA
# title: Locales in UTF-8
# description: NixOS adds the character set /UTF-8 to the name; others would not be generated.
locale(name) if regex.match(`^([A-Za-z]{2,3}(_[A-Z]{2})?|C)\.(UTF-8|utf8)(@[a-z]+)?$`, name)

# METADATA
# title: Addresses of network storage
# description: server:/path of NFS, //server/share of CIFS; an inline secret has been cut by the capture and does not fit.
remote(spec) if {
	regex.match(`^(//)?[A-Za-z0-9\[][A-Za-z0-9:._\[\]-]*(:|/)[A-Za-z0-9_.+/$ -]*$`, spec)
	not contains(spec, "secret:")
}
