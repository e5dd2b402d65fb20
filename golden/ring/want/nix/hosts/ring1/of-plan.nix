{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "f35b851b5c57a9b2cb9b9a529558b95d182a0f619a89342674aabcaea95c92eb\n";
}
