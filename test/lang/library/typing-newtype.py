from typing import NewType, TypedDict, final

UserId = NewType("UserId", int)


class Movie(TypedDict):
    name: str
    year: int


@final
class Last:
    x = 1


movie: Movie = {"name": "Metropolis", "year": 1927}
print(UserId(5) + 1, movie["name"], Movie(name="a", year=1), Last.x)  # expect: 6 Metropolis {'name': 'a', 'year': 1} 1
