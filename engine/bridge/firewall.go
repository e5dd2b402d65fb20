package bridge

// firewall makes tables of nftables of the rules that were there.
const firewall = ruled("firewall")
