{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "518f92001006f892a1470e3e5709883d846adb5ae3000071864af6a5231d7986\n";
}
