{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "fea62906e789acdefaba45dda8f1c0d58f3064348bb1f04a46f2b131af7124da\n";
}
