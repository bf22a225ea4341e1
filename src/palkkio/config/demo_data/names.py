"""Names of the demo's people: invented, speaking for themselves as test names."""

_FAMILY = """
    Testaaja Esimerkki Mallikas Koenen Näytteinen Testilä Kokeilija Demonen Harjoite Otosmaa Koemaa Testinen Otos
    Kokelas Demola Harjula-Testi Äkäs-Esimerkki Öljymalli Ålandsson-Test Provman Provsson Exempelsson Mallberg Testgård
    Näyttelä Koekkala Mallinen Esimaa Kokemo Harjoitus
"""
_GIVEN = """
    Maija Onni Helmi Veikko Aune Birgitta Toivo Sirkka Raimo Kerttu Pirkko Esko Ritva Tauno Lyyli Martta Henrik Aili
    Väinö Irja Åke Gunnel Ánne Elmeri Saimi Kaarlo Tyyne Oiva Ulla Viljo Anja Göran Siiri Reino Lempi Arvo Märta Eino
    Hilja Urho
"""
_RECIPIENT = """
    Eero Aino Väinämö Hilma Kalevi Elli Taavi Saara Jalmari Impi Armas Vieno Otto Fanni Nestori Hulda
"""
FAMILY, GIVEN, RECIPIENT = (tuple(names.split()) for names in (_FAMILY, _GIVEN, _RECIPIENT))
