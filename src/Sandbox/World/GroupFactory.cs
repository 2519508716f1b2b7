namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>The tenant's groups and who is in them.</summary>
internal static class GroupFactory
{
    public static void Fill(WorldBuilder builder, int firstCloudUser)
    {
        SandboxWorld world = builder.World;
        SandboxGroup target = Add(builder, WorldNames.TargetGroup);
        SandboxGroup exempt = Add(builder, WorldNames.ExemptGroup);
        SandboxGroup region = Add(builder, WorldNames.RegionGroup);
        SandboxGroup country = Add(builder, WorldNames.CountryGroup);
        SandboxGroup city = Add(builder, WorldNames.CityGroup);
        SandboxGroup cloud = Add(builder, WorldNames.CloudGroup, isCloudOnly: true);
        Add(builder, WorldNames.EmptyGroup, isCloudOnly: true);
        target.GroupIndexes.Add(2);
        region.GroupIndexes.Add(3);
        country.GroupIndexes.Add(4);

        int cast = builder.FirstSettler;
        SandboxGroup[] nested = [region, country, city];
        for (int index = 0; index < world.Users.Count; index++)
        {
            var random = builder.Random(EntityKind.Group, index);
            int roll = random.Below(100);
            // The cast is targeted unless its case is that it is not.
            if (index < cast) roll = IsUntargeted(builder, index) ? 99 : index % 4 == 3 ? 65 : 0;
            if (roll < 60) target.UserIndexes.Add(index);
            else if (roll < 90) nested[index % 3].UserIndexes.Add(index);
            // Some people are in twice: a member list that is walked naively counts them twice.
            if (roll is >= 50 and < 53) city.UserIndexes.Add(index);

            if (index < cast ? IsExempt(builder, index) : roll is 7 or 95) exempt.UserIndexes.Add(index);
            if (index >= firstCloudUser) cloud.UserIndexes.Add(index);
        }
    }

    private static bool IsExempt(WorldBuilder builder, int user) => builder.IsUserOf(user, WorldNames.Exempt);

    private static bool IsUntargeted(WorldBuilder builder, int user) => builder.IsUserOf(user, WorldNames.NotTargeted);

    private static SandboxGroup Add(WorldBuilder builder, string name, bool isCloudOnly = false)
    {
        var random = builder.Random(EntityKind.Group, -1 - builder.World.Groups.Count);
        var group = new SandboxGroup { Id = random.NextGuid(), DisplayName = name, IsCloudOnly = isCloudOnly };
        builder.World.Groups.Add(group);
        return group;
    }
}
