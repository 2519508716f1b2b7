using System.Globalization;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>Makes a world from its options: the same options give the same world, whatever the process, platform or language.</summary>
public static class WorldGenerator
{
    /// <exception cref="System.ArgumentOutOfRangeException">No world can be made of these options.</exception>
    public static SandboxWorld Generate(WorldOptions options)
    {
        options.Validate();
        var builder = new WorldBuilder(options);
        OrganizationFactory.Fill(builder);
        Cast.Play(builder);
        builder.FirstSettler = builder.World.Users.Count;
        Population.Settle(builder);
        int firstCloudUser = builder.World.Users.Count;
        AddCloudUsers(builder);
        GroupFactory.Fill(builder, firstCloudUser);
        return builder.World;
    }

    /// <summary>Users whom the organisation does not know: their phones must never match a partnership.</summary>
    private static void AddCloudUsers(WorldBuilder builder)
    {
        int count = 2 + builder.World.Users.Count / 25;
        for (int i = 0; i < count; i++)
        {
            string number = (i + 1).ToString(CultureInfo.InvariantCulture);
            int user = builder.AddCloudUser("Cloud Worker " + number, "cloud.worker" + number, licensed: i % 3 != 2);
            if (i % 2 == 1) continue;
            var random = builder.Random(EntityKind.User, -1 - i);
            builder.AddManagedDevice(user, DeviceCatalogue.ModernPhone, DeviceIds.Next(ref random, DeviceIdPattern.Apple), "compliant");
        }
    }
}
