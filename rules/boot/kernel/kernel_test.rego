package rules.boot.kernel_test

import data.rules.boot.kernel

test_fixes_the_default_kernel if {
	{s.value._mkDefault._ref | some s in kernel.settings} == {["pkgs", "linuxPackages"]} with input as {"host": {"kernel": "6.8.12-15-pve"}}
}

test_says_so_without_a_running_kernel_too if {
	count(kernel.settings) == 1 with input as {"host": {}}
}
