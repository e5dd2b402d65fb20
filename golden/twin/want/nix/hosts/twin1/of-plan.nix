{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "adcef534d2cf0355e64a1d94ca1e841a59adb846c4de2be6c873c11c68341ea6\n";
}
