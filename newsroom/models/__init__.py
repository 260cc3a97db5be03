"""The newsroom: its index, its articles, and what belongs to an article."""

from newsroom.models.archive import PressArchive
from newsroom.models.article import NewsArticle
from newsroom.models.imported import ImportedText
from newsroom.models.index import NewsIndex
from newsroom.models.parts import (
    ArticleContact,
    ArticleCountry,
    ArticleTopic,
    Correction,
    RelatedArticle,
)
from newsroom.models.reference import Reference
from newsroom.review.models import OfficeReviewTask, ReviewRule
from newsroom.topics import Topic, TopicName
