{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "4ac77bcf0953349f20fdd7b019a72f7f3e830648f0da7c653150088d57f79a93\n";
}
