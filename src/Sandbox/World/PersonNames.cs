using System;
using System.Collections.Generic;
using System.Globalization;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>Names of people, each with its plain spelling for addresses; chosen for the letters that break software.</summary>
internal static class PersonNames
{
    private static readonly (string Name, string Plain)[] s_first =
    [
        ("Adam", "adam"), ("Aisha", "aisha"), ("Alessia", "alessia"), ("Amélie", "amelie"), ("Anders", "anders"), ("Andrea", "andrea"),
        ("Ángel", "angel"), ("Anna", "anna"), ("Arjun", "arjun"), ("Beatriz", "beatriz"), ("Björn", "bjorn"), ("Carla", "carla"),
        ("Chiara", "chiara"), ("Chloë", "chloe"), ("Conor", "conor"), ("D'Arcy", "darcy"), ("Daniel", "daniel"), ("Elif", "elif"),
        ("Emil", "emil"), ("Fatima", "fatima"), ("Federico", "federico"), ("François", "francois"), ("Giulia", "giulia"), ("Grace", "grace"),
        ("Hana", "hana"), ("Hiroshi", "hiroshi"), ("Ida", "ida"), ("İlker", "ilker"), ("Ines", "ines"), ("Ирина", "irina"),
        ("Jean-Luc", "jean-luc"), ("Jürgen", "juergen"), ("Kenji", "kenji"), ("Laura", "laura"), ("Liam", "liam"), ("Łukasz", "lukasz"),
        ("Marco", "marco"), ("Mary Ann", "maryann"), ("Māris", "maris"), ("Mei", "mei"), ("Mohammed", "mohammed"), ("Noémie", "noemie"),
        ("Olga", "olga"), ("Olivia", "olivia"), ("Paolo", "paolo"), ("Priya", "priya"), ("Quentin", "quentin"), ("Renée", "renee"),
        ("Roberto", "roberto"), ("Sara", "sara"), ("Siobhán", "siobhan"), ("Søren", "soren"), ("Tariq", "tariq"), ("Tomás", "tomas"),
        ("Ursula", "ursula"), ("Viktor", "viktor"), ("Wei", "wei"), ("Xenia", "xenia"), ("Yusuf", "yusuf"), ("Zoë", "zoe"),
        ("健太", "kenta"), ("Δημήτρης", "dimitris"), ("משה", "moshe"), ("Zuzana", "zuzana"),
    ];

    private static readonly (string Name, string Plain)[] s_last =
    [
        ("Andersen", "andersen"), ("Bauer", "bauer"), ("Bianchi", "bianchi"), ("Çelik", "celik"), ("Chen", "chen"), ("Colombo", "colombo"),
        ("D'Angelo", "dangelo"), ("da Silva", "dasilva"), ("Dubois", "dubois"), ("Esposito", "esposito"), ("Fischer", "fischer"), ("Fontana", "fontana"),
        ("Garcia", "garcia"), ("Groß", "gross"), ("Haddad", "haddad"), ("Hansen", "hansen"), ("Horváth", "horvath"), ("Ivanova", "ivanova"),
        ("Jansen", "jansen"), ("Johansson", "johansson"), ("Kaya", "kaya"), ("Kim", "kim"), ("Kowalski", "kowalski"), ("Lefèvre", "lefevre"),
        ("Lopez", "lopez"), ("MacDonald", "macdonald"), ("Marini", "marini"), ("Moreau", "moreau"), ("Müller", "mueller"), ("Nakamura", "nakamura"),
        ("Nguyen", "nguyen"), ("Novák", "novak"), ("Núñez", "nunez"), ("O'Brien", "obrien"), ("O'Neill-Hart", "oneill-hart"), ("Okafor", "okafor"),
        ("Patel", "patel"), ("Pereira", "pereira"), ("Quispe", "quispe"), ("Ricci", "ricci"), ("Romano", "romano"), ("Rossi", "rossi"),
        ("Ş. Demir", "sdemir"), ("Santos", "santos"), ("Schäfer", "schaefer"), ("Singh", "singh"), ("Smith", "smith"), ("Sørensen", "sorensen"),
        ("St. John", "stjohn"), ("Šimić", "simic"), ("Tanaka", "tanaka"), ("Thompson", "thompson"), ("Unger", "unger"), ("van der Berg", "vanderberg"),
        ("Vasquez", "vasquez"), ("von Straßburg", "vonstrassburg"), ("Wang", "wang"), ("Weber", "weber"), ("Wójcik", "wojcik"), ("Yamamoto", "yamamoto"),
        ("Young", "young"), ("Zhang", "zhang"), ("Zieliński", "zielinski"), ("Żuk", "zuk"),
    ];

    private static readonly string[] s_departments = ["Sales", "IT", "R&D", "Legal", "HR", "Export", "Werk 2", "Finance (IT)"];

    public static IReadOnlyList<string> Departments => s_departments;

    /// <summary>The <paramref name="ordinal"/>-th person: the pair of names changes with every step, a number sets later rounds apart.</summary>
    public static (string Display, string AliasStem) At(int ordinal, ref EntityRandom random)
    {
        int pairs = s_first.Length * s_last.Length;
        // Odd, so that it runs through all pairs of a power of two before it repeats one.
        int pair = (int)((uint)ordinal * 2654435761u % (uint)pairs);
        int round = ordinal / pairs;
        (string first, string firstPlain) = s_first[pair / s_last.Length];
        (string last, string lastPlain) = s_last[pair % s_last.Length];
        string suffix = round == 0 ? "" : (round + 1).ToString(CultureInfo.InvariantCulture);
        string display = random.Below(100) switch
        {
            0 => $"{last}, {first} ({random.Pick<string>(s_departments)})",
            1 => $"{first} \"{firstPlain}\" {last}",
            2 => $"{first} {last} / {random.Pick<string>(s_departments)}",
            3 => $"Dr. {first} {last}; {random.Pick<string>(s_departments)}",
            _ => string.Concat(first, " ", last),
        };
        return (suffix.Length == 0 ? display : string.Concat(display, " ", suffix), string.Concat(firstPlain, ".", lastPlain, suffix));
    }
}
